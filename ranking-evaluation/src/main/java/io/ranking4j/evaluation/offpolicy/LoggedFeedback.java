package io.ranking4j.evaluation.offpolicy;

import io.ranking4j.evaluation.Groups;
import org.jspecify.annotations.Nullable;

/**
 * A log of decisions: in each row an action was taken at random with a known probability, and a
 * reward was seen. Beside it, the probability with which the policy to be judged would have taken
 * the same action. Arrays are copied; immutable and safe to share.
 */
public final class LoggedFeedback {

  private final double[] rewards;
  private final double[] propensities;
  private final double[] weights;
  private final @Nullable Groups clusters;

  private LoggedFeedback(
      double[] rewards, double[] propensities, double[] weights, @Nullable Groups clusters) {
    this.rewards = rewards;
    this.propensities = propensities;
    this.weights = weights;
    this.clusters = clusters;
  }

  /**
   * Takes rows that do not depend on each other.
   *
   * @param rewards by row, what the logged action earned, finite
   * @param propensities by row, the probability with which the logging policy took that action, in
   *     (0, 1]
   * @param targetProbabilities by row, the probability with which the judged policy would have
   *     taken it, in [0, 1]
   * @throws IllegalArgumentException if the lengths differ, there are no rows, or a value is out of
   *     its range
   */
  public static LoggedFeedback of(
      double[] rewards, double[] propensities, double[] targetProbabilities) {
    return of(rewards, propensities, targetProbabilities, null);
  }

  /**
   * Takes rows of which some may depend on each other.
   *
   * @param rewards by row, what the logged action earned, finite
   * @param propensities by row, the probability with which the logging policy took that action, in
   *     (0, 1]
   * @param targetProbabilities by row, the probability with which the judged policy would have
   *     taken it, in [0, 1]
   * @param clusters rows that may depend on each other, such as those of a user: errors are those
   *     between clusters; null for none
   * @throws IllegalArgumentException if the lengths differ, there are no rows, or a value is out of
   *     its range
   */
  public static LoggedFeedback of(
      double[] rewards,
      double[] propensities,
      double[] targetProbabilities,
      @Nullable Groups clusters) {
    sameLength("propensities", propensities.length, rewards.length);
    sameLength("targetProbabilities", targetProbabilities.length, rewards.length);
    if (clusters != null) {
      sameLength("clusters", clusters.rows(), rewards.length);
    }
    if (rewards.length == 0) {
      throw new IllegalArgumentException("a log must have at least 1 row, but had 0");
    }
    double[] weights = new double[rewards.length];
    for (int row = 0; row < rewards.length; row++) {
      if (!Double.isFinite(rewards[row])) {
        throw wrong("rewards must be finite", row, rewards[row]);
      }
      if (!(propensities[row] > 0 && propensities[row] <= 1)) {
        throw wrong("propensities must be in (0, 1]", row, propensities[row]);
      }
      if (!(targetProbabilities[row] >= 0 && targetProbabilities[row] <= 1)) {
        throw wrong("targetProbabilities must be in [0, 1]", row, targetProbabilities[row]);
      }
      weights[row] = targetProbabilities[row] / propensities[row];
      if (Double.isInfinite(weights[row])) {
        throw wrong("propensities must leave weights finite", row, propensities[row]);
      }
    }
    return new LoggedFeedback(rewards.clone(), propensities.clone(), weights, clusters);
  }

  private static void sameLength(String name, int found, int wanted) {
    if (found != wanted) {
      throw new IllegalArgumentException(
          name + " must have as many rows as rewards, " + wanted + ", but had " + found);
    }
  }

  private static IllegalArgumentException wrong(String rule, int row, double value) {
    return new IllegalArgumentException(rule + ", but row " + row + " was " + value);
  }

  /** Returns the number of rows, at least 1. */
  public int rows() {
    return rewards.length;
  }

  /** Returns what the logged action of a row earned. */
  public double reward(int row) {
    return rewards[row];
  }

  /** Returns the probability with which the logging policy took the action of a row. */
  public double propensity(int row) {
    return propensities[row];
  }

  /** Returns the judged policy's probability of a row's action divided by the propensity. */
  public double weight(int row) {
    return weights[row];
  }

  /** Returns the rows that may depend on each other, or null for none. */
  public @Nullable Groups clusters() {
    return clusters;
  }

  /** Returns whether no reward is negative, so that no value of a policy is. */
  boolean nonNegative() {
    for (double reward : rewards) {
      if (reward < 0) {
        return false;
      }
    }
    return true;
  }
}
