package io.ranking4j.benchmarks;

import java.util.Arrays;

/** Times of calls, in nanoseconds. Not safe to share between threads. */
public final class Samples {
  private long[] nanos = new long[1024];
  private int count;

  /** Adds a time. */
  public void add(long elapsed) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = elapsed;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Half of them are at most this; nanoseconds. */
  public double median() {
    return quantile(0.5);
  }

  /** The 99th percentile, nanoseconds. */
  public double p99() {
    return quantile(0.99);
  }

  /** All of them together, nanoseconds. */
  public double total() {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += nanos[i];
    }
    return sum;
  }

  /**
   * A quantile, interpolated between neighbours, nanoseconds.
   *
   * @param share in [0, 1]
   * @throws IllegalStateException where there are none
   */
  public double quantile(double share) {
    if (count == 0) {
      throw new IllegalStateException("there are no samples");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    double at = share * (count - 1);
    int below = (int) at;
    int above = Math.min(below + 1, count - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
