package io.ranking4j.runtime.kernel;

import java.util.Arrays;

/** {@code out = epilogue(x w)} in plain Java. */
final class JavaDense implements Op {
  /** Rows of x that share one pass over the weights, which come from a farther cache than sums. */
  private static final int BLOCK = 16;

  private final Matrix x;
  private final Matrix w;
  private final Matrix out;
  private final boolean constantWeights;
  private final RowEpilogue epilogue;
  private final float[][] weights;
  private final float[][] inputs;
  private final float[][] sums;

  JavaDense(Matrix x, Matrix w, Epilogue epilogue, Matrix out, boolean constantWeights) {
    w.requireShape("w", x.columns(), out.columns());
    out.requireShape("out", x.rows(), w.columns());
    this.x = x;
    this.w = w;
    this.out = out;
    this.constantWeights = constantWeights;
    this.epilogue = new RowEpilogue(epilogue, out);
    int block = Math.min(BLOCK, x.rows());
    weights = new float[w.rows()][w.columns()];
    inputs = new float[block][x.columns()];
    sums = new float[block][w.columns()];
    if (constantWeights) {
      load();
    }
  }

  @Override
  public void run() {
    epilogue.load();
    if (!constantWeights) {
      load();
    }
    for (int first = 0; first < x.rows(); first += BLOCK) {
      int count = Math.min(BLOCK, x.rows() - first);
      for (int r = 0; r < count; r++) {
        x.readRow(first + r, inputs[r]);
        Arrays.fill(sums[r], 0);
      }
      multiply(count);
      for (int r = 0; r < count; r++) {
        epilogue.apply(first + r, sums[r]);
        out.writeRow(first + r, sums[r]);
      }
    }
  }

  private void load() {
    for (int i = 0; i < weights.length; i++) {
      w.readRow(i, weights[i]);
    }
  }

  private void multiply(int count) {
    int depth = weights.length;
    int n = w.columns();
    int i = 0;
    for (; i + 3 < depth; i += 4) {
      float[] w0 = weights[i];
      float[] w1 = weights[i + 1];
      float[] w2 = weights[i + 2];
      float[] w3 = weights[i + 3];
      for (int r = 0; r < count; r++) {
        float[] a = inputs[r];
        Rows.addScaled(sums[r], a[i], w0, a[i + 1], w1, a[i + 2], w2, a[i + 3], w3, n);
      }
    }
    for (; i < depth; i++) {
      for (int r = 0; r < count; r++) {
        Rows.addScaled(sums[r], inputs[r][i], weights[i], n);
      }
    }
  }
}
