package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Matrix;
import java.util.Arrays;

/** Where a gradient goes, row by row: it replaces what is there or is added to it. */
final class Target {
  private final Matrix matrix;
  private final boolean accumulate;
  private final float[] row;

  Target(Matrix matrix, boolean accumulate) {
    this.matrix = matrix;
    this.accumulate = accumulate;
    this.row = new float[matrix.columns()];
  }

  /** Puts row {@code r}. */
  void put(int r, float[] values) {
    if (!accumulate) {
      matrix.writeRow(r, values);
      return;
    }
    matrix.readRow(r, row);
    for (int c = 0; c < row.length; c++) {
      row[c] += values[c];
    }
    matrix.writeRow(r, row);
  }

  /** Puts the only row of a vector, rounded after it is added. */
  void put(double[] values) {
    if (accumulate) {
      matrix.readRow(0, row);
    } else {
      Arrays.fill(row, 0);
    }
    for (int c = 0; c < row.length; c++) {
      row[c] = (float) (row[c] + values[c]);
    }
    matrix.writeRow(0, row);
  }
}
