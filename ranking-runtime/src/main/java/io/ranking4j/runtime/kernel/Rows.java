package io.ranking4j.runtime.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loops over the first {@code n} floats of rows. Each row is an array of its own that is walked
 * from index 0, because the JIT compiler makes vector instructions of such loops and not of those
 * that walk two parts of larger arrays: with the copies, a product is four times as fast.
 */
final class Rows {
  private Rows() {}

  /** {@code y += x}. */
  static void add(float[] y, float[] x, int n) {
    for (int j = 0; j < n; j++) {
      y[j] += x[j];
    }
  }

  /** {@code y *= x}. */
  static void multiply(float[] y, float[] x, int n) {
    for (int j = 0; j < n; j++) {
      y[j] *= x[j];
    }
  }

  /** {@code y = y * scale + shift}. */
  static void scaleAndShift(float[] y, float[] scale, float[] shift, int n) {
    for (int j = 0; j < n; j++) {
      y[j] = y[j] * scale[j] + shift[j];
    }
  }

  /** {@code y += a x}. */
  static void addScaled(float[] y, float a, float[] x, int n) {
    for (int j = 0; j < n; j++) {
      y[j] += a * x[j];
    }
  }

  /** {@code y += a0 x0 + a1 x1 + a2 x2 + a3 x3}, which reads and writes {@code y} only once. */
  static void addScaled(
      float[] y,
      float a0,
      float[] x0,
      float a1,
      float[] x1,
      float a2,
      float[] x2,
      float a3,
      float[] x3,
      int n) {
    for (int j = 0; j < n; j++) {
      y[j] += a0 * x0[j] + a1 * x1[j] + a2 * x2[j] + a3 * x3[j];
    }
  }

  /** {@code y = activation(y)}; NaN stays NaN. */
  static void activate(Activation activation, float[] y, float @Nullable [] slope, int n) {
    switch (activation) {
      case NONE -> {}
      case RELU -> {
        for (int j = 0; j < n; j++) {
          y[j] = Math.max(y[j], 0);
        }
      }
      case PRELU -> prelu(y, Objects.requireNonNull(slope), n);
      case TANH -> {
        for (int j = 0; j < n; j++) {
          y[j] = (float) Math.tanh(y[j]);
        }
      }
      case SIGMOID -> {
        for (int j = 0; j < n; j++) {
          y[j] = (float) (1 / (1 + Math.exp(-y[j])));
        }
      }
      case SOFTPLUS -> {
        for (int j = 0; j < n; j++) {
          y[j] = (float) (Math.max(y[j], 0) + Math.log1p(Math.exp(-Math.abs(y[j]))));
        }
      }
    }
  }

  private static void prelu(float[] y, float[] slope, int n) {
    for (int j = 0; j < n; j++) {
      y[j] = Math.max(y[j], 0) + slope[j] * Math.min(y[j], 0);
    }
  }

  /**
   * {@code a = logit(sigmoid(a) sigmoid(b))}. With {@code p = 1 / ((1 + exp(-a)) (1 + exp(-b)))} it
   * is {@code ln p - ln(1 - p) = -ln(exp(-a) + exp(-b) + exp(-a - b))}: a sum of positive terms,
   * which neither cancels nor overflows once the largest exponent is taken out.
   */
  static void logitOfProduct(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      double u = -a[j];
      double v = -b[j];
      double largest = Math.max(Math.max(u, v), u + v);
      double sum = Math.exp(u - largest) + Math.exp(v - largest) + Math.exp(u + v - largest);
      a[j] = (float) -(largest + Math.log(sum));
    }
  }
}
