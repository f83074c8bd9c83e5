package io.ranking4j.evaluation.offpolicy;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Groups;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A log of lists, one row per slot shown: which reward the item in it earned, and how likely the
 * item is in that slot under the logging and under the judged policy. What is estimated is the
 * reward of a whole list, the sum over its slots.
 *
 * <p>Judging whole lists by their probability is hopeless, since hardly any list is logged twice. A
 * click model makes it possible: {@link #itemPosition} supposes that a reward depends on the item,
 * its slot and the context, but not on what else the list shows; {@link #positionBased} supposes in
 * addition that it is the product of the slot's examination and the item's attraction, so that an
 * item logged in one slot tells about another.
 *
 * <p>Arrays are copied or turned into weights; immutable and safe to share.
 *
 * @see <a href="https://doi.org/10.1145/3219819.3220028">Li et al., 2018</a>
 */
public final class SlateFeedback {

  private final LoggedRewards log;
  private final int[] positions;
  private final Groups slates;

  /** Rewards with weights that are ready, which may come of another model than one propensity. */
  private record LoggedRewards(double[] rewards, double[] weights, Groups clusters) {}

  private SlateFeedback(LoggedRewards log, int[] positions, Groups slates) {
    this.log = log;
    this.positions = positions;
    this.slates = slates;
    if (slates.rows() != positions.length || log.clusters().rows() != positions.length) {
      throw new IllegalArgumentException(
          "positions, slates and users must have as many rows as rewards, but had %d, %d and %d"
              .formatted(positions.length, slates.rows(), log.clusters().rows()));
    }
  }

  /**
   * Under the item-position click model.
   *
   * @param rewards by slot, what the item shown in it earned, finite
   * @param positions by slot, its position in the list, any numbering
   * @param propensities by slot, the probability with which the logging policy shows this item in
   *     this slot, in (0, 1]
   * @param targetProbabilities the same of the judged policy, in [0, 1]
   * @param slates the list of every slot
   * @param users whom the lists were shown to, for errors between users; null for independent lists
   * @throws IllegalArgumentException if the lengths differ, there are no rows, or a value is out of
   *     its range
   */
  public static SlateFeedback itemPosition(
      double[] rewards,
      int[] positions,
      double[] propensities,
      double[] targetProbabilities,
      Groups slates,
      @Nullable Groups users) {
    LoggedFeedback log = LoggedFeedback.of(rewards, propensities, targetProbabilities);
    if (positions.length != rewards.length) {
      throw new IllegalArgumentException(
          "positions must have as many rows as rewards, %d, but had %d"
              .formatted(rewards.length, positions.length));
    }
    double[] weights = new double[log.rows()];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = log.weight(row);
    }
    return new SlateFeedback(
        new LoggedRewards(rewards.clone(), weights, users == null ? slates : users),
        positions.clone(),
        slates);
  }

  /**
   * Under the position-based click model. A slot's weight is the examination that its item gets in
   * all slots under the judged policy, divided by that under the logging policy; it is at most that
   * of {@link #itemPosition} at its worst slot.
   *
   * @param rewards by slot, what the item shown in it earned, finite
   * @param positions by slot, its position, each one of the bias's
   * @param loggingPlacement slots x positions, the probability with which the logging policy shows
   *     this slot's item at each of the bias's positions, in their order
   * @param targetPlacement the same of the judged policy
   * @param bias how often each position is examined
   * @param slates the list of every slot
   * @param users whom the lists were shown to, for errors between users; null for independent lists
   * @throws IllegalArgumentException if shapes differ, there are no rows, a value is out of its
   *     range, or the logging policy never shows an item that it has shown
   */
  public static SlateFeedback positionBased(
      double[] rewards,
      int[] positions,
      double[][] loggingPlacement,
      double[][] targetPlacement,
      PositionBias bias,
      Groups slates,
      @Nullable Groups users) {
    if (loggingPlacement.length != rewards.length
        || targetPlacement.length != rewards.length
        || positions.length != rewards.length) {
      throw new IllegalArgumentException(
          "positions and placements must have as many rows as rewards, %d, but had %d, %d and %d"
              .formatted(
                  rewards.length,
                  positions.length,
                  loggingPlacement.length,
                  targetPlacement.length));
    }
    double[] weights = new double[rewards.length];
    for (int row = 0; row < weights.length; row++) {
      if (!Double.isFinite(rewards[row])) {
        throw new IllegalArgumentException(
            "rewards must be finite, but row %d was %s".formatted(row, rewards[row]));
      }
      bias.examination(positions[row]);
      double logging = bias.expectedExamination(loggingPlacement[row], row);
      if (!(logging > 0)) {
        throw new IllegalArgumentException(
            "the logging policy must examine what it shows, but row %d has probability 0 everywhere"
                .formatted(row));
      }
      weights[row] = bias.expectedExamination(targetPlacement[row], row) / logging;
    }
    return new SlateFeedback(
        new LoggedRewards(rewards.clone(), weights, users == null ? slates : users),
        positions.clone(),
        slates);
  }

  /** Returns the number of lists. */
  public int slates() {
    return slates.count();
  }

  /** Returns the weight of a slot. */
  public double weight(int slot) {
    return log.weights()[slot];
  }

  /** Returns the mean reward of a list: IPS, unbiased where the click model holds. */
  public Estimate inversePropensity() {
    double[] values = new double[positions.length];
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = log.weights()[slot] * log.rewards()[slot];
    }
    return perSlate(values);
  }

  /**
   * Returns the mean reward of a list with the weights of each position normalised by themselves:
   * slightly biased and less variable. Undefined where a position has no weight at all.
   */
  public Estimate selfNormalized() {
    Groups byPosition = Groups.of(positions);
    double[] ones = new double[positions.length];
    double[] weighted = new double[positions.length];
    for (int slot = 0; slot < ones.length; slot++) {
      ones[slot] = 1;
      weighted[slot] = log.weights()[slot] * log.rewards()[slot];
    }
    double[] slots = byPosition.sums(ones);
    double[] weight = byPosition.sums(log.weights());
    double[] reward = byPosition.sums(weighted);
    double[] values = new double[positions.length];
    for (int slot = 0; slot < values.length; slot++) {
      int group = byPosition.groupOf(slot);
      if (weight[group] == 0) {
        return Estimate.undefined(
            "every weight at position %d is 0: the judged policy takes no logged action"
                .formatted(positions[slot]));
      }
      double rate = reward[group] / weight[group];
      double pull = slots[group] / weight[group] * log.weights()[slot];
      // The rate of the slot's position, and to first order how the slot itself moves that rate.
      values[slot] = rate + pull * (log.rewards()[slot] - rate);
    }
    return perSlate(values);
  }

  private Estimate perSlate(double[] values) {
    double[] bySlate = slates.sums(values);
    double mean = 0;
    for (double sum : bySlate) {
      mean += sum / bySlate.length;
    }
    int[] size = new int[bySlate.length];
    for (int slot = 0; slot < values.length; slot++) {
      size[slates.groupOf(slot)]++;
    }
    double[] influences = new double[values.length];
    for (int slot = 0; slot < values.length; slot++) {
      influences[slot] = (values[slot] - mean / size[slates.groupOf(slot)]) / bySlate.length;
    }
    boolean positive = Arrays.stream(log.rewards()).allMatch(reward -> reward >= 0);
    return Ratios.estimate(mean, influences, log.clusters(), positive);
  }
}
