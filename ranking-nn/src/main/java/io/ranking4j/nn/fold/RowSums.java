package io.ranking4j.nn.fold;

/**
 * Loops that add rows to a row. Each is an array of its own that is walked from index 0, because
 * the JIT compiler makes vector instructions of such loops.
 */
final class RowSums {
  private RowSums() {}

  /** {@code y += x}. */
  static void add(float[] y, float[] x) {
    for (int j = 0; j < y.length; j++) {
      y[j] += x[j];
    }
  }

  /** {@code y += a + b + c + d}. */
  static void add(float[] y, float[] a, float[] b, float[] c, float[] d) {
    for (int j = 0; j < y.length; j++) {
      y[j] += a[j] + b[j] + c[j] + d[j];
    }
  }
}
