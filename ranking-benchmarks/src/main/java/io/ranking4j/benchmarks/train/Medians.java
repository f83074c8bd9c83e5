package io.ranking4j.benchmarks.train;

import java.util.Arrays;

/** The median. */
final class Medians {
  private Medians() {}

  /** Half of the values are at most this; the mean of the middle two of an even number. */
  static double of(double[] values) {
    if (values.length == 0) {
      throw new IllegalStateException("there is nothing to take the median of");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
