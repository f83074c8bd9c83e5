package io.ranking4j.evaluation.offpolicy;

import io.ranking4j.evaluation.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the weights of a log can carry an estimate. Immutable and safe to share.
 *
 * @param rows the number of rows
 * @param effectiveRows Kish's effective sample size, (sum of w)<sup>2</sup> / sum of w<sup>2</sup>:
 *     about how many rows of the judged policy's own log would say as much; 0 where every weight is
 *     0
 * @param effectiveRewards the same of the weighted rewards: about how many rewards of the judged
 *     policy's own the estimate rests on, where rewards are rare far fewer than rows; 0 where every
 *     weighted reward is 0
 * @param meanWeight its expectation is 1 where the propensities are right and the logging policy
 *     takes every action of the judged one; the interval says whether 1 is in reach
 * @param maxWeight the largest weight
 * @param topShare the share of the sum of weights that the heaviest 1 % of the rows hold, at least
 *     one row; 0 where every weight is 0
 * @param zeroShare the share of rows whose weight is 0: logged actions that the judged policy never
 *     takes
 */
public record WeightDiagnostics(
    int rows,
    double effectiveRows,
    double effectiveRewards,
    Estimate meanWeight,
    double maxWeight,
    double topShare,
    double zeroShare) {

  /** Below this many effective rows intervals are not to be believed. */
  public static final double MIN_EFFECTIVE_ROWS = 100;

  /** Below this many effective rewards intervals are too narrow. */
  public static final double MIN_EFFECTIVE_REWARDS = 30;

  /** Above this share of the heaviest 1 % of rows an estimate hangs on few of them. */
  public static final double MAX_TOP_SHARE = 0.5;

  private static final double ROUNDING = 1e-9;

  /** Looks at the weights of a log. */
  public static WeightDiagnostics of(LoggedFeedback log) {
    double[] weights = new double[log.rows()];
    double sum = 0;
    double squares = 0;
    double rewards = 0;
    double squaredRewards = 0;
    int zeros = 0;
    for (int row = 0; row < weights.length; row++) {
      double w = log.weight(row);
      weights[row] = w;
      sum += w;
      squares += w * w;
      double reward = w * Math.abs(log.reward(row));
      rewards += reward;
      squaredRewards += reward * reward;
      zeros += w == 0 ? 1 : 0;
    }
    Estimate mean = Ratios.mean(weights, log.clusters(), false);
    Arrays.sort(weights);
    int heaviest = Math.max(1, weights.length / 100);
    double top = 0;
    for (int i = weights.length - heaviest; i < weights.length; i++) {
      top += weights[i];
    }
    return new WeightDiagnostics(
        weights.length,
        sum == 0 ? 0 : sum * (sum / squares),
        rewards == 0 ? 0 : rewards * (rewards / squaredRewards),
        mean,
        weights[weights.length - 1],
        sum == 0 ? 0 : top / sum,
        (double) zeros / weights.length);
  }

  /** Returns what speaks against believing an estimate, in whole sentences; empty for nothing. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (effectiveRows < MIN_EFFECTIVE_ROWS) {
      warnings.add(
          "The %d rows count for %.1f of the judged policy's own; at least %.0f are wanted."
              .formatted(rows, effectiveRows, MIN_EFFECTIVE_ROWS));
    }
    if (effectiveRewards < MIN_EFFECTIVE_REWARDS) {
      warnings.add(
          "The estimate rests on %.1f effective rewards; below %.0f its interval is too narrow."
              .formatted(effectiveRewards, MIN_EFFECTIVE_REWARDS));
    }
    if (!meanWeight.interval().contains(1) && Math.abs(meanWeight.value() - 1) > ROUNDING) {
      warnings.add(
          "The mean weight is %.3f, with 1 outside of its interval: the propensities are wrong, or"
                  .formatted(meanWeight.value())
              + " the logging policy never takes some actions of the judged one.");
    }
    if (topShare > MAX_TOP_SHARE) {
      warnings.add(
          "The heaviest 1 %% of the rows hold %.0f %% of the weight; the largest weight is %.4g."
              .formatted(100 * topShare, maxWeight));
    }
    return List.copyOf(warnings);
  }
}
