package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Op;
import java.util.Arrays;

/**
 * The gradients of operations within a row, in plain Java on any memory: the defaults of {@link
 * GradientKernels}. Each holds scratch rows of its own.
 */
final class RowWiseGradients {
  private RowWiseGradients() {}

  static Op softmax(Matrix y, int groups, Matrix dOut, Matrix dx, boolean accumulate) {
    dOut.requireShape("dOut", y.rows(), y.columns());
    dx.requireShape("dx", y.rows(), y.columns());
    int width = y.columns() / groups;
    float[] share = new float[y.columns()];
    float[] row = new float[y.columns()];
    Target target = new Target(dx, accumulate);
    return () -> {
      for (int r = 0; r < y.rows(); r++) {
        y.readRow(r, share);
        dOut.readRow(r, row);
        for (int from = 0; from < row.length; from += width) {
          double mean = 0;
          for (int c = from; c < from + width; c++) {
            mean += (double) share[c] * row[c];
          }
          for (int c = from; c < from + width; c++) {
            row[c] = (float) (share[c] * (row[c] - mean));
          }
        }
        target.put(r, row);
      }
    };
  }

  static Op mixture(
      Matrix weights,
      Matrix values,
      int count,
      Matrix dOut,
      Matrix dWeights,
      Matrix dValues,
      boolean accumulateWeights,
      boolean accumulateValues) {
    int width = values.columns() / count;
    int sums = weights.columns() / count;
    dOut.requireShape("dOut", values.rows(), sums * width);
    dWeights.requireShape("dWeights", weights.rows(), weights.columns());
    dValues.requireShape("dValues", values.rows(), values.columns());
    float[] w = new float[weights.columns()];
    float[] v = new float[values.columns()];
    float[] d = new float[dOut.columns()];
    float[] byWeights = new float[weights.columns()];
    float[] byValues = new float[values.columns()];
    float[] partOfV = new float[width];
    float[] partOfD = new float[width];
    float[] sum = new float[width];
    Target weightTarget = new Target(dWeights, accumulateWeights);
    Target valueTarget = new Target(dValues, accumulateValues);
    return () -> {
      for (int r = 0; r < values.rows(); r++) {
        weights.readRow(r, w);
        values.readRow(r, v);
        dOut.readRow(r, d);
        // Arrays that are walked from 0 become vector instructions.
        for (int n = 0; n < count; n++) {
          System.arraycopy(v, n * width, partOfV, 0, width);
          Arrays.fill(sum, 0);
          for (int s = 0; s < sums; s++) {
            System.arraycopy(d, s * width, partOfD, 0, width);
            byWeights[s * count + n] = accumulate(partOfD, partOfV, w[s * count + n], sum);
          }
          System.arraycopy(sum, 0, byValues, n * width, width);
        }
        weightTarget.put(r, byWeights);
        valueTarget.put(r, byValues);
      }
    };
  }

  /** Gives {@code <d, v>} and does {@code sum += weight d}. */
  private static float accumulate(float[] d, float[] v, float weight, float[] sum) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += weight * d[c];
    }
    float product = 0;
    for (int c = 0; c < d.length; c++) {
      product += d[c] * v[c];
    }
    return product;
  }

  static Op dot(Matrix b, float scale, Matrix dOut, Matrix da, boolean accumulate) {
    dOut.requireShape("dOut", b.rows(), dOut.columns());
    da.requireShape("da", b.rows(), b.columns());
    int width = b.columns() / dOut.columns();
    float[] row = new float[b.columns()];
    float[] d = new float[dOut.columns()];
    Target target = new Target(da, accumulate);
    return () -> {
      for (int r = 0; r < b.rows(); r++) {
        b.readRow(r, row);
        dOut.readRow(r, d);
        for (int c = 0; c < row.length; c++) {
          row[c] *= scale * d[c / width];
        }
        target.put(r, row);
      }
    };
  }

  static Op pairs(Matrix x, Matrix dOut, Matrix dx, boolean accumulate) {
    int width = dOut.columns();
    dOut.requireShape("dOut", x.rows(), width);
    dx.requireShape("dx", x.rows(), x.columns());
    float[] row = new float[x.columns()];
    float[] d = new float[width];
    float[] sum = new float[width];
    Target target = new Target(dx, accumulate);
    return () -> {
      for (int r = 0; r < x.rows(); r++) {
        x.readRow(r, row);
        dOut.readRow(r, d);
        Arrays.fill(sum, 0);
        for (int c = 0; c < row.length; c++) {
          sum[c % width] += row[c];
        }
        for (int c = 0; c < row.length; c++) {
          row[c] = d[c % width] * (sum[c % width] - row[c]);
        }
        target.put(r, row);
      }
    };
  }
}
