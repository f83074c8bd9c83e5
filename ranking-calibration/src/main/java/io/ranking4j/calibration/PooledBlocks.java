package io.ranking4j.calibration;

import java.util.Arrays;

/** The weighted least-squares fit of a non-decreasing function, by pooling adjacent violators. */
final class PooledBlocks {
  private final double[] knots;
  private final double[] values;

  private PooledBlocks(double[] knots, double[] values) {
    this.knots = knots;
    this.values = values;
  }

  /**
   * Fits.
   *
   * @param x by row, finite, in any order
   * @param y by row, finite
   * @param weights by row, above 0
   */
  static PooledBlocks fit(double[] x, double[] y, double[] weights) {
    int[] order = sorted(x);
    int rows = order.length;
    double[] first = new double[rows];
    double[] last = new double[rows];
    double[] weight = new double[rows];
    double[] mean = new double[rows];
    int blocks = 0;
    for (int i = 0; i < rows; ) {
      double at = x[order[i]];
      double total = 0;
      double sum = 0;
      for (; i < rows && x[order[i]] == at; i++) {
        total += weights[order[i]];
        sum += weights[order[i]] * y[order[i]];
      }
      first[blocks] = at;
      last[blocks] = at;
      weight[blocks] = total;
      mean[blocks] = sum / total;
      blocks++;
      while (blocks > 1 && mean[blocks - 2] >= mean[blocks - 1]) {
        int left = blocks - 2;
        int right = blocks - 1;
        double joined = weight[left] + weight[right];
        // As a step from the left mean, equal means stay equal to the last bit.
        mean[left] += (mean[right] - mean[left]) * (weight[right] / joined);
        weight[left] = joined;
        last[left] = last[right];
        blocks--;
      }
    }
    return ofBlocks(first, last, mean, blocks);
  }

  private static PooledBlocks ofBlocks(double[] first, double[] last, double[] mean, int blocks) {
    double[] knots = new double[2 * blocks];
    double[] values = new double[2 * blocks];
    int at = 0;
    for (int block = 0; block < blocks; block++) {
      knots[at] = first[block];
      values[at++] = mean[block];
      if (last[block] > first[block]) {
        knots[at] = last[block];
        values[at++] = mean[block];
      }
    }
    return new PooledBlocks(Arrays.copyOf(knots, at), Arrays.copyOf(values, at));
  }

  /** The rows by increasing x, those of equal x as they came, without a box for each row. */
  static int[] sorted(double[] x) {
    int[] order = new int[x.length];
    int[] buffer = new int[x.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (long run = 1; run < order.length; run *= 2) {
      for (long from = 0; from < order.length; from += 2 * run) {
        int middle = (int) Math.min(from + run, order.length);
        int to = (int) Math.min(from + 2 * run, order.length);
        merge(x, order, buffer, (int) from, middle, to);
      }
      int[] merged = buffer;
      buffer = order;
      order = merged;
    }
    return order;
  }

  private static void merge(double[] x, int[] from, int[] into, int start, int middle, int end) {
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean takeLeft = right >= end || (left < middle && x[from[left]] <= x[from[right]]);
      into[at] = takeLeft ? from[left++] : from[right++];
    }
  }

  /** Strictly increasing: the first and, where it is another, the last x of each block. */
  double[] knots() {
    return knots;
  }

  /** By knot, the mean of its block. */
  double[] values() {
    return values;
  }

  /** The function at a point: linear between knots, constant outside of them. */
  double at(double x) {
    return interpolate(knots, values, x);
  }

  static double interpolate(double[] knots, double[] values, double x) {
    int place = Arrays.binarySearch(knots, x == 0 ? 0.0 : x);
    if (place >= 0) {
      return values[place];
    }
    int right = -place - 1;
    if (right == 0) {
      return values[0];
    }
    if (right == knots.length) {
      return values[right - 1];
    }
    double below = values[right - 1];
    double above = values[right];
    double share = (x - knots[right - 1]) / (knots[right] - knots[right - 1]);
    // Rounding must not lift the line above where it ends.
    return Math.min(below + (above - below) * share, above);
  }
}
