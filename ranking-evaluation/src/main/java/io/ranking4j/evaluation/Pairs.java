package io.ranking4j.evaluation;

import org.jspecify.annotations.Nullable;

/** What the coefficients of correlation share: checks of paired samples, and ranks. */
final class Pairs {

  private Pairs() {}

  /** Refuses samples of different lengths and values that are not finite. */
  static void check(double[] x, double[] y) {
    Checks.sameLength("x", x.length, "y", y.length);
    Checks.finite("x", x);
    Checks.finite("y", y);
  }

  /** Returns why the samples have no correlation, or null when they have one. */
  static @Nullable String whyUncorrelatable(double[] x, double[] y) {
    if (x.length < 2) {
      return "correlation needs at least 2 pairs, but there were " + x.length;
    }
    if (isConstant(x)) {
      return "every x is " + x[0];
    }
    return isConstant(y) ? "every y is " + y[0] : null;
  }

  /** Returns the ranks from 1; equal values share the mean of their ranks. */
  static double[] ranks(double[] values) {
    int[] order = IndexSort.ascending(values);
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      double rank = (from + 1.0 + to) / 2;
      for (; from < to; from++) {
        ranks[order[from]] = rank;
      }
    }
    return ranks;
  }

  /**
   * Returns for each row how many rows have a lesser value; rows of equal values share it.
   *
   * @param order the rows in ascending order of their values
   */
  static int[] lesser(double[] values, int[] order) {
    int[] lesser = new int[values.length];
    int first = 0;
    for (int i = 0; i < order.length; i++) {
      if (values[order[i]] != values[order[first]]) {
        first = i;
      }
      lesser[order[i]] = first;
    }
    return lesser;
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
