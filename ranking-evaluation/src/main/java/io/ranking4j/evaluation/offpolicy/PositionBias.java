package io.ranking4j.evaluation.offpolicy;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Interval;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often each position is examined, relative to the first: what clicks have to be divided by to
 * tell what users would click if they saw everything. Immutable and safe to share.
 *
 * @param relative by position in ascending order, its examination relative to the lowest position,
 *     which has 1
 * @see <a href="https://doi.org/10.1145/3018661.3018699">Joachims, Swaminathan and Schnabel,
 *     2017</a>
 */
public record PositionBias(SortedMap<Integer, Estimate> relative) {

  /** Copies the estimates. */
  public PositionBias {
    if (relative.isEmpty()) {
      throw new IllegalArgumentException("there must be at least 1 position, but was 0");
    }
    relative = Collections.unmodifiableSortedMap(new TreeMap<>(relative));
  }

  /**
   * Estimates from slots that were filled at random, where every position shows the same mix of
   * items: the click rates are then as the examinations are.
   *
   * @param clicks by slot, 0 or 1
   * @param positions by slot, its position, any numbering
   * @param propensities by slot, the probability with which this item was put in this slot, in (0,
   *     1]; null where all are the same. A slot counts by its inverse
   * @param clusters slots that may depend on each other, such as those of a user; null for none
   * @return an estimate for each position; undefined for all where the lowest has no click
   * @throws IllegalArgumentException if the lengths differ, there are no rows, or a value is out of
   *     its range
   */
  public static PositionBias fromRandomized(
      double[] clicks,
      int[] positions,
      double @Nullable [] propensities,
      @Nullable Groups clusters) {
    if (positions.length != clicks.length
        || (propensities != null && propensities.length != clicks.length)) {
      throw new IllegalArgumentException(
          "positions and propensities must have as many rows as clicks, " + clicks.length);
    }
    if (clicks.length == 0) {
      throw new IllegalArgumentException("a log must have at least 1 row, but had 0");
    }
    double[] weights = new double[clicks.length];
    double[] weightedClicks = new double[clicks.length];
    for (int slot = 0; slot < clicks.length; slot++) {
      if (clicks[slot] != 0 && clicks[slot] != 1) {
        throw new IllegalArgumentException(
            "clicks must be 0 or 1, but row %d was %s".formatted(slot, clicks[slot]));
      }
      double propensity = propensities == null ? 1 : propensities[slot];
      if (!(propensity > 0 && propensity <= 1)) {
        throw new IllegalArgumentException(
            "propensities must be in (0, 1], but row %d was %s".formatted(slot, propensity));
      }
      weights[slot] = 1 / propensity;
      weightedClicks[slot] = weights[slot] * clicks[slot];
    }
    Groups byPosition = Groups.of(positions);
    double[] shown = byPosition.sums(weights);
    double[] clicked = byPosition.sums(weightedClicks);
    // The influence of a slot on the rate of its own position.
    double[] influences = new double[clicks.length];
    int[] numbers = new int[byPosition.count()];
    for (int slot = 0; slot < clicks.length; slot++) {
      int group = byPosition.groupOf(slot);
      numbers[group] = positions[slot];
      double rate = clicked[group] / shown[group];
      influences[slot] = weights[slot] * (clicks[slot] - rate) / shown[group];
    }
    int first = 0;
    for (int group = 1; group < numbers.length; group++) {
      first = numbers[group] < numbers[first] ? group : first;
    }
    SortedMap<Integer, Estimate> relative = new TreeMap<>();
    for (int group = 0; group < numbers.length; group++) {
      Estimate estimate;
      if (clicked[first] == 0) {
        estimate =
            Estimate.undefined("the lowest position, %d, has no click".formatted(numbers[first]));
      } else if (group == first) {
        estimate = Estimate.normal(1, 0, Interval.DEFAULT_CONFIDENCE);
      } else {
        double reference = clicked[first] / shown[first];
        double ratio = clicked[group] / shown[group] / reference;
        double[] ofRatio = new double[influences.length];
        for (int slot = 0; slot < ofRatio.length; slot++) {
          int of = byPosition.groupOf(slot);
          double factor = of == group ? 1 : of == first ? -ratio : 0;
          ofRatio[slot] = factor * influences[slot] / reference;
        }
        estimate = Estimate.ofPositive(ratio, ofRatio, clusters, Interval.DEFAULT_CONFIDENCE);
      }
      relative.put(numbers[group], estimate);
    }
    return new PositionBias(relative);
  }

  /**
   * Returns how often a position is examined, relative to the lowest.
   *
   * @throws IllegalArgumentException if the position is not among these, or its examination is
   *     undefined or 0
   */
  public double examination(int position) {
    Estimate estimate = relative.get(position);
    if (estimate == null) {
      throw new IllegalArgumentException(
          "positions must be among %s, but was %d".formatted(relative.keySet(), position));
    }
    if (!(estimate.value() > 0)) {
      throw new IllegalArgumentException(
          "the examination of position %d must be above 0, but was %s"
              .formatted(position, estimate.metric()));
    }
    return estimate.value();
  }

  /**
   * Returns the weight that makes a click at a position count as one at the lowest: one divided by
   * its examination, up to a limit.
   *
   * @param maxWeight the limit, above 0
   * @throws IllegalArgumentException as {@link #examination} does, or if the limit is not above 0
   */
  public double clickWeight(int position, double maxWeight) {
    if (!(maxWeight > 0)) {
      throw new IllegalArgumentException("maxWeight must be above 0, but was " + maxWeight);
    }
    return Math.min(maxWeight, 1 / examination(position));
  }

  /** The mean examination of an item that is placed with these probabilities. */
  double expectedExamination(double[] placement, int row) {
    if (placement.length != relative.size()) {
      throw new IllegalArgumentException(
          "a placement must have a probability for each of %d positions, but row %d had %d"
              .formatted(relative.size(), row, placement.length));
    }
    double sum = 0;
    int at = 0;
    for (int position : relative.keySet()) {
      double p = placement[at++];
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "a placement's probabilities must be in [0, 1], but one of row %d was %s"
                .formatted(row, p));
      }
      sum += p * examination(position);
    }
    return sum;
  }
}
