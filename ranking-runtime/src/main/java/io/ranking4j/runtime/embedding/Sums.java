package io.ranking4j.runtime.embedding;

/**
 * Loops that add rows to rows. Each row is an array of its own that is walked from index 0, because
 * the JIT compiler makes vector instructions of such loops. All rows are at least as long as the
 * one that is added to.
 */
public final class Sums {
  private Sums() {}

  /** {@code y += x0 + x1 + x2 + x3}. */
  public static void add(float[] y, float[] x0, float[] x1, float[] x2, float[] x3) {
    for (int j = 0; j < y.length; j++) {
      y[j] += x0[j] + x1[j] + x2[j] + x3[j];
    }
  }

  /** {@code y = from + x0 + x1 + x2 + x3}; {@code from} may be {@code y}. */
  static void sum(float[] y, float[] from, float[] x0, float[] x1, float[] x2, float[] x3) {
    for (int j = 0; j < y.length; j++) {
      y[j] = from[j] + x0[j] + x1[j] + x2[j] + x3[j];
    }
  }

  /** {@code y += x}. */
  public static void add(float[] y, float[] x) {
    for (int j = 0; j < y.length; j++) {
      y[j] += x[j];
    }
  }

  /** {@code y += a x}. */
  static void addScaled(float[] y, float a, float[] x) {
    for (int j = 0; j < y.length; j++) {
      y[j] += a * x[j];
    }
  }

  private static void addScaled(
      float[] y,
      float a0,
      float[] x0,
      float a1,
      float[] x1,
      float a2,
      float[] x2,
      float a3,
      float[] x3) {
    for (int j = 0; j < y.length; j++) {
      y[j] += a0 * x0[j] + a1 * x1[j] + a2 * x2[j] + a3 * x3[j];
    }
  }

  /** {@code y += x w}, where x starts at {@code from} and has a number for each row of w. */
  static void addProduct(float[] y, float[] x, int from, float[][] w) {
    int i = 0;
    for (; i + 3 < w.length; i += 4) {
      addScaled(
          y,
          x[from + i],
          w[i],
          x[from + i + 1],
          w[i + 1],
          x[from + i + 2],
          w[i + 2],
          x[from + i + 3],
          w[i + 3]);
    }
    for (; i < w.length; i++) {
      addScaled(y, x[from + i], w[i]);
    }
  }
}
