package io.ranking4j.fusion.personal;

import io.ranking4j.error.DataException;
import io.ranking4j.evaluation.Groups;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A log of requests at which one of several weight vectors was taken at random, with the
 * probability of it and what came of it. Arrays are shared, not to be changed afterwards.
 *
 * @param features by request and feature, finite; every request has as many
 * @param arms by request, which weight vector was taken, 0 the first
 * @param propensities by request, the probability with which that one was taken, in (0, 1]
 * @param rewards by request, finite, greater is better
 * @param users requests that may depend on each other, such as those of a user; null for none
 */
public record LoggedChoices(
    double[][] features,
    int[] arms,
    double[] propensities,
    double[] rewards,
    @Nullable Groups users) {
  /** So far may the mean inverse propensity of an arm be from 1, in standard errors. */
  private static final double MAX_DEVIATIONS = 6;

  /**
   * Checks the shapes and values.
   *
   * @throws IllegalArgumentException where the lengths differ
   * @throws DataException where there is no request, a value is out of its range, or the log has no
   *     propensities: nothing can be learned from such a log about choices that were not made
   */
  public LoggedChoices {
    int rows = features.length;
    sameLength("arms", arms.length, rows);
    sameLength("rewards", rewards.length, rows);
    if (users != null) {
      sameLength("users", users.rows(), rows);
    }
    if (rows == 0) {
      throw new DataException("a log of choices must have at least 1 request, but had 0");
    }
    if (propensities.length == 0 || Arrays.stream(propensities).allMatch(Double::isNaN)) {
      throw new DataException(
          "the log has no propensities: without the probability of every choice, what an arm"
              + " earned cannot be told from who was given it; log choices made at random, with"
              + " their probabilities");
    }
    sameLength("propensities", propensities.length, rows);
    for (int row = 0; row < rows; row++) {
      if (!(propensities[row] > 0 && propensities[row] <= 1)) {
        throw wrong("propensities must be in (0, 1]", row, propensities[row]);
      }
      if (!Double.isFinite(rewards[row])) {
        throw wrong("rewards must be finite", row, rewards[row]);
      }
      if (features[row].length != features[0].length) {
        throw wrong("features must be " + features[0].length, row, features[row].length);
      }
      for (double feature : features[row]) {
        if (!Double.isFinite(feature)) {
          throw wrong("features must be finite", row, feature);
        }
      }
    }
  }

  private static void sameLength(String what, int actual, int expected) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "there must be as many " + what + " as requests, " + expected + ", but were " + actual);
    }
  }

  private static DataException wrong(String rule, int row, double value) {
    return new DataException(rule + ", but at request " + row + " was " + value);
  }

  /** Returns the number of requests. */
  public int rows() {
    return arms.length;
  }

  /**
   * Checks that the log can tell about every one of so many arms.
   *
   * @throws DataException where an arm is unknown or was never taken, or the propensities cannot be
   *     those with which the arms were taken
   */
  void checkArms(int count) {
    double[] inverse = new double[count];
    double[] squares = new double[count];
    int[] taken = new int[count];
    for (int row = 0; row < rows(); row++) {
      int arm = arms[row];
      if (arm < 0 || arm >= count) {
        throw wrong("arms must be in [0, " + count + ")", row, arm);
      }
      taken[arm]++;
      inverse[arm] += 1 / propensities[row];
      squares[arm] += 1 / (propensities[row] * propensities[row]);
    }
    for (int arm = 0; arm < count; arm++) {
      if (taken[arm] == 0) {
        throw new DataException("arm " + arm + " was never taken: the log says nothing about it");
      }
      // With the right propensities every arm's inverse ones add up to the number of requests.
      double mean = inverse[arm] / rows();
      double error = Math.sqrt(squares[arm] / rows() - mean * mean) / Math.sqrt(rows());
      if (Math.abs(mean - 1) > MAX_DEVIATIONS * Math.max(error, 1e-9)) {
        throw new DataException(
            ("the propensities of arm %d cannot be right: their inverses must add up to the %d"
                    + " requests, but do to %.0f")
                .formatted(arm, rows(), inverse[arm]));
      }
    }
  }

  /** The requests of these numbers. */
  LoggedChoices select(int[] rows) {
    return new LoggedChoices(
        Arrays.stream(rows).mapToObj(row -> features[row]).toArray(double[][]::new),
        Arrays.stream(rows).map(row -> arms[row]).toArray(),
        Arrays.stream(rows).mapToDouble(row -> propensities[row]).toArray(),
        Arrays.stream(rows).mapToDouble(row -> rewards[row]).toArray(),
        users == null ? null : Groups.of(Arrays.stream(rows).map(users::groupOf).toArray()));
  }
}
