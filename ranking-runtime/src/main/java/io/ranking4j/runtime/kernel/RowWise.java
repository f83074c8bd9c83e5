package io.ranking4j.runtime.kernel;

import java.util.Arrays;

/**
 * Operations within a row, in plain Java on any memory: too small for a library to be faster. They
 * are defaults of {@link Kernels}; each holds scratch rows of its own.
 */
final class RowWise {
  private RowWise() {}

  static Op softmax(Matrix x, int groups, Matrix out) {
    out.requireShape("out", x.rows(), x.columns());
    int width = part("x", x.columns(), groups);
    float[] row = new float[x.columns()];
    return () -> {
      for (int r = 0; r < x.rows(); r++) {
        x.readRow(r, row);
        for (int from = 0; from < row.length; from += width) {
          softmax(row, from, from + width);
        }
        out.writeRow(r, row);
      }
    };
  }

  private static void softmax(float[] row, int from, int to) {
    float largest = row[from];
    for (int c = from + 1; c < to; c++) {
      largest = Math.max(largest, row[c]);
    }
    double sum = 0;
    for (int c = from; c < to; c++) {
      double e = Math.exp(row[c] - largest);
      row[c] = (float) e;
      sum += e;
    }
    for (int c = from; c < to; c++) {
      row[c] = (float) (row[c] / sum);
    }
  }

  static Op mixture(Matrix weights, Matrix values, int count, Matrix out) {
    int width = part("values", values.columns(), count);
    int sums = part("weights", weights.columns(), count);
    weights.requireShape("weights", values.rows(), sums * count);
    out.requireShape("out", values.rows(), sums * width);
    float[] w = new float[weights.columns()];
    float[][] v = new float[count][width];
    float[] all = new float[values.columns()];
    float[] sum = new float[width];
    float[] result = new float[out.columns()];
    return () -> {
      for (int r = 0; r < out.rows(); r++) {
        weights.readRow(r, w);
        values.readRow(r, all);
        for (int n = 0; n < count; n++) {
          System.arraycopy(all, n * width, v[n], 0, width);
        }
        for (int s = 0; s < sums; s++) {
          Arrays.fill(sum, 0);
          for (int n = 0; n < count; n++) {
            Rows.addScaled(sum, w[s * count + n], v[n], width);
          }
          System.arraycopy(sum, 0, result, s * width, width);
        }
        out.writeRow(r, result);
      }
    };
  }

  static Op dot(Matrix a, Matrix b, float scale, Matrix out) {
    b.requireShape("b", a.rows(), a.columns());
    int width = part("a", a.columns(), out.columns());
    out.requireShape("out", a.rows(), out.columns());
    float[] left = new float[a.columns()];
    float[] right = new float[a.columns()];
    float[] result = new float[out.columns()];
    return () -> {
      for (int r = 0; r < a.rows(); r++) {
        a.readRow(r, left);
        b.readRow(r, right);
        for (int g = 0; g < result.length; g++) {
          float sum = 0;
          for (int c = g * width; c < (g + 1) * width; c++) {
            sum += left[c] * right[c];
          }
          result[g] = scale * sum;
        }
        out.writeRow(r, result);
      }
    };
  }

  static Op pairs(Matrix x, Matrix out) {
    int width = out.columns();
    out.requireShape("out", x.rows(), width);
    if (x.columns() % width != 0) {
      throw new IllegalArgumentException(
          "x must have a multiple of " + width + " columns, but had " + x.columns());
    }
    float[] row = new float[x.columns()];
    float[] sum = new float[width];
    float[] result = new float[width];
    return () -> {
      for (int r = 0; r < x.rows(); r++) {
        x.readRow(r, row);
        System.arraycopy(row, 0, sum, 0, width);
        Arrays.fill(result, 0);
        // Sums of products of each group with those before it do not cancel, unlike squares.
        for (int from = width; from < row.length; from += width) {
          for (int c = 0; c < width; c++) {
            result[c] += sum[c] * row[from + c];
            sum[c] += row[from + c];
          }
        }
        out.writeRow(r, result);
      }
    };
  }

  private static int part(String name, int columns, int parts) {
    if (parts < 1 || columns % parts != 0) {
      throw new IllegalArgumentException(
          name + " must divide into " + parts + " parts, but had " + columns + " columns");
    }
    return columns / parts;
  }
}
