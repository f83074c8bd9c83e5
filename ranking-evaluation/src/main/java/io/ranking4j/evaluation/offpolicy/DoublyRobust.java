package io.ranking4j.evaluation.offpolicy;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Interval;
import java.util.function.DoubleUnaryOperator;

/**
 * Doubly robust estimates: what a reward model expects of the judged policy, plus the weighted
 * error that the model makes on the logged actions. Unbiased where either the propensities or the
 * model are right, and less variable than IPS where the model is any good. Intervals are normal and
 * clustered as the log is; they hold only if no reward estimate was fitted to its own row ({@link
 * CrossFitting}).
 *
 * @see <a href="https://doi.org/10.1214/14-STS500">Dudík et al., 2014</a>
 */
public final class DoublyRobust {

  private DoublyRobust() {}

  /**
   * The mean of expected reward plus weighted error.
   *
   * @throws IllegalArgumentException if log and rewards have different numbers of rows
   */
  public static Estimate compute(LoggedFeedback log, RewardEstimates rewards) {
    return mean(log, rewards, weight -> weight);
  }

  /**
   * Switch-DR: rows whose weight exceeds a limit are left to the reward model alone. With an
   * infinite limit it is {@link #compute}, with 0 the direct method.
   *
   * @param maxWeight the limit, at least 0
   * @throws IllegalArgumentException if log and rewards have different numbers of rows or the limit
   *     is negative
   * @see <a href="https://proceedings.mlr.press/v70/wang17a.html">Wang, Agarwal and Dudík, 2017</a>
   */
  public static Estimate switching(LoggedFeedback log, RewardEstimates rewards, double maxWeight) {
    if (!(maxWeight >= 0)) {
      throw new IllegalArgumentException("maxWeight must be at least 0, but was " + maxWeight);
    }
    return mean(log, rewards, weight -> weight <= maxWeight ? weight : 0);
  }

  /**
   * The weighted error divided by the sum of weights instead of the number of rows: less variable
   * where the weights are uneven. Undefined where every weight is 0.
   *
   * @throws IllegalArgumentException if log and rewards have different numbers of rows
   */
  public static Estimate selfNormalized(LoggedFeedback log, RewardEstimates rewards) {
    check(log, rewards);
    int n = log.rows();
    double totalWeight = 0;
    double error = 0;
    double expected = 0;
    for (int row = 0; row < n; row++) {
      totalWeight += log.weight(row);
      error += log.weight(row) * (log.reward(row) - rewards.ofLoggedAction(row));
      expected += rewards.ofPolicy(row) / n;
    }
    if (totalWeight == 0) {
      return Estimate.undefined("every weight is 0: the judged policy takes no logged action");
    }
    double meanError = error / totalWeight;
    double[] influences = new double[n];
    for (int row = 0; row < n; row++) {
      double residual = log.reward(row) - rewards.ofLoggedAction(row);
      influences[row] =
          (rewards.ofPolicy(row) - expected) / n
              + log.weight(row) * (residual - meanError) / totalWeight;
    }
    return Estimate.ofInfluences(
        expected + meanError, influences, log.clusters(), Interval.DEFAULT_CONFIDENCE);
  }

  private static Estimate mean(
      LoggedFeedback log, RewardEstimates rewards, DoubleUnaryOperator weight) {
    check(log, rewards);
    double[] values = new double[log.rows()];
    for (int row = 0; row < values.length; row++) {
      double residual = log.reward(row) - rewards.ofLoggedAction(row);
      values[row] = rewards.ofPolicy(row) + weight.applyAsDouble(log.weight(row)) * residual;
    }
    return Ratios.mean(values, log.clusters(), false);
  }

  private static void check(LoggedFeedback log, RewardEstimates rewards) {
    if (rewards.rows() != log.rows()) {
      throw new IllegalArgumentException(
          "rewards must have as many rows as the log, %d, but had %d"
              .formatted(log.rows(), rewards.rows()));
    }
  }
}
