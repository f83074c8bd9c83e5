package io.ranking4j.runtime.input;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * An even sample of numbers that come one by one (Vitter's algorithm R, 1985), the same for the
 * same numbers in the same order. Used by one thread.
 */
final class Reservoir {
  /** Most numbers that are kept: quantiles are then exact to about 0.2 percent of the rows. */
  static final int CAPACITY = 100_000;

  private static final long SEED = 0x5DEECE66DL;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private double[] sample = new double[1024];
  private long seen;

  void add(double value) {
    if (seen < CAPACITY) {
      if (seen == sample.length) {
        sample = Arrays.copyOf(sample, Math.min(CAPACITY, sample.length * 2));
      }
      sample[(int) seen] = value;
    } else {
      long place = random.nextLong(seen + 1);
      if (place < CAPACITY) {
        sample[(int) place] = value;
      }
    }
    seen++;
  }

  /**
   * Boundaries that cut the numbers into that many parts of about equal size; fewer where many
   * numbers are equal, so that no part is without numbers.
   */
  double[] boundaries(int parts) {
    int size = (int) Math.min(seen, CAPACITY);
    double[] sorted = Arrays.copyOf(sample, size);
    Arrays.sort(sorted);
    double[] boundaries = new double[Math.min(parts - 1, size)];
    int count = 0;
    for (int part = 1; part < parts && size > 0; part++) {
      double boundary = sorted[(int) ((long) part * size / parts)];
      if (boundary > (count == 0 ? sorted[0] : boundaries[count - 1])) {
        boundaries[count++] = boundary;
      }
    }
    return Arrays.copyOf(boundaries, count);
  }
}
