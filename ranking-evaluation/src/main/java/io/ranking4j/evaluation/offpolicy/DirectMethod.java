package io.ranking4j.evaluation.offpolicy;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Groups;
import org.jspecify.annotations.Nullable;

/**
 * The direct method: the mean of what a reward model expects of the judged policy. It needs no
 * propensities and varies little, but is as wrong as its model: the interval is that of the mean
 * alone and knows nothing of the model's bias.
 */
public final class DirectMethod {

  private DirectMethod() {}

  /**
   * Averages over the rows.
   *
   * @param clusters rows that may depend on each other, such as those of a user; null for none
   * @throws IllegalArgumentException if there are no rows or the clusters have another number
   */
  public static Estimate compute(RewardEstimates rewards, @Nullable Groups clusters) {
    if (rewards.rows() == 0) {
      throw new IllegalArgumentException("a log must have at least 1 row, but had 0");
    }
    double[] values = new double[rewards.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = rewards.ofPolicy(row);
    }
    return Ratios.mean(values, clusters, false);
  }
}
