package io.ranking4j.evaluation.offpolicy;

import io.ranking4j.evaluation.Estimate;

/**
 * Estimates that weight each logged reward by how much likelier the judged policy would have taken
 * the action. Intervals are clustered as the log is, and normal: in the logarithm of the value
 * where no reward is negative, in the value itself otherwise. Few rewards with large weights make
 * them too narrow, which {@link WeightDiagnostics} shows.
 */
public final class InversePropensity {

  private InversePropensity() {}

  /**
   * IPS: the mean of weight times reward. Unbiased where the logging policy takes every action that
   * the judged one does; its variance grows with the largest weights.
   *
   * @see <a href="https://doi.org/10.1080/01621459.1952.10483446">Horvitz and Thompson, 1952</a>
   */
  public static Estimate compute(LoggedFeedback log) {
    return mean(log, Double.POSITIVE_INFINITY);
  }

  /**
   * Clipped IPS: no weight counts more than a limit. Less variance than {@link #compute}, and
   * biased downwards for rewards of at least 0; the interval knows nothing of that bias.
   *
   * @param maxWeight the limit, above 0
   * @throws IllegalArgumentException if the limit is not above 0
   * @see <a href="https://doi.org/10.1198/106186008X320456">Ionides, 2008</a>
   */
  public static Estimate clipped(LoggedFeedback log, double maxWeight) {
    if (!(maxWeight > 0)) {
      throw new IllegalArgumentException("maxWeight must be above 0, but was " + maxWeight);
    }
    return mean(log, maxWeight);
  }

  /**
   * SNIPS: the weighted mean of the rewards, that is IPS divided by the mean weight. Slightly
   * biased and usually far less variable; never outside of the range of the rewards. Its standard
   * error is by the delta method, the root of the sum of squared {@code w (r - value)} divided by
   * the sum of w. Undefined where every weight is 0.
   *
   * @see <a href="https://papers.nips.cc/paper/5748">Swaminathan and Joachims, 2015</a>
   */
  public static Estimate selfNormalized(LoggedFeedback log) {
    double[] values = new double[log.rows()];
    double[] weights = new double[log.rows()];
    for (int row = 0; row < values.length; row++) {
      weights[row] = log.weight(row);
      values[row] = weights[row] * log.reward(row);
    }
    return Ratios.ratio(values, weights, log);
  }

  private static Estimate mean(LoggedFeedback log, double maxWeight) {
    double[] values = new double[log.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = Math.min(maxWeight, log.weight(row)) * log.reward(row);
    }
    return Ratios.mean(values, log.clusters(), log.nonNegative());
  }
}
