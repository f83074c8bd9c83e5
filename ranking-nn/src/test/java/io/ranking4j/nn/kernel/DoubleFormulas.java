package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Activation;

/** The forward operations as their formulas stand, in double precision, on row-major arrays. */
final class DoubleFormulas {
  private DoubleFormulas() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double[] product(double[] x, double[] w, int rows, int in, int columns) {
    double[] out = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        for (int i = 0; i < in; i++) {
          out[r * columns + c] += x[r * in + i] * w[i * columns + c];
        }
      }
    }
    return out;
  }

  static double[] activate(Activation activation, double[] x, double[] slopes) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] =
          switch (activation) {
            case NONE -> x[i];
            case RELU -> x[i] > 0 ? x[i] : 0;
            case PRELU -> x[i] > 0 ? x[i] : slopes[i % slopes.length] * x[i];
            case TANH -> Math.tanh(x[i]);
            case SIGMOID -> 1 / (1 + Math.exp(-x[i]));
            case SOFTPLUS -> Math.log1p(Math.exp(x[i]));
          };
    }
    return y;
  }

  static double[] normalise(double[] x, double[] gamma, double[] beta, double epsilon) {
    int columns = gamma.length;
    int rows = x.length / columns;
    double[] out = new double[x.length];
    for (int c = 0; c < columns; c++) {
      double mean = 0;
      for (int i = c; i < x.length; i += columns) {
        mean += x[i] / rows;
      }
      double variance = 0;
      for (int i = c; i < x.length; i += columns) {
        variance += (x[i] - mean) * (x[i] - mean) / rows;
      }
      for (int i = c; i < x.length; i += columns) {
        out[i] = gamma[c] * (x[i] - mean) / Math.sqrt(variance + epsilon) + beta[c];
      }
    }
    return out;
  }

  static double[] joinLogits(double[] a, double[] b) {
    double[] out = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      double p = 1 / (1 + Math.exp(-a[i])) / (1 + Math.exp(-b[i]));
      out[i] = Math.log(p / (1 - p));
    }
    return out;
  }
}
