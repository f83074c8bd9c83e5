package io.ranking4j.fusion.gp;

import org.jspecify.annotations.Nullable;

/**
 * The factor L of a symmetric positive definite matrix {@code A = L L'}. On flat arrays and with
 * the triangular solves that Gaussian processes live on, hundreds of thousands of times a proposal:
 * a general matrix class copies too much for that. Immutable.
 */
final class Cholesky {
  private final double[] lower;
  private final int n;

  private Cholesky(double[] lower, int n) {
    this.lower = lower;
    this.n = n;
  }

  /**
   * Factors a matrix in place, of which only the lower triangle is read.
   *
   * @param a n rows of n, taken over
   * @return null where the matrix is not positive definite to working precision
   */
  static @Nullable Cholesky ofOrNull(double[] a, int n) {
    for (int i = 0; i < n; i++) {
      int row = i * n;
      for (int j = 0; j <= i; j++) {
        int other = j * n;
        double sum = a[row + j];
        for (int k = 0; k < j; k++) {
          sum -= a[row + k] * a[other + k];
        }
        if (i == j) {
          if (!(sum > 0)) {
            return null;
          }
          a[row + i] = Math.sqrt(sum);
        } else {
          a[row + j] = sum / a[other + j];
        }
      }
    }
    return new Cholesky(a, n);
  }

  /**
   * Factors a matrix, adding to its diagonal what it takes: first {@code jitter}, then ten times as
   * much until it works.
   *
   * @param a n rows of n, left as it is
   * @throws ArithmeticException where the matrix holds a NaN or is far from positive definite
   */
  static Cholesky withJitter(double[] a, int n, double jitter) {
    double added = jitter;
    for (int attempt = 0; attempt < 10; attempt++) {
      double[] copy = a.clone();
      for (int i = 0; i < n; i++) {
        copy[i * n + i] += added;
      }
      Cholesky factor = ofOrNull(copy, n);
      if (factor != null) {
        return factor;
      }
      added = added == 0 ? 1e-12 : added * 10;
    }
    throw new ArithmeticException(
        "a covariance matrix must be positive definite, but was not even with "
            + added / 10
            + " added to its diagonal");
  }

  int size() {
    return n;
  }

  double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log(lower[i * n + i]);
    }
    return 2 * sum;
  }

  /** Replaces b by the solution x of {@code L x = b}. */
  void solveLower(double[] b) {
    for (int i = 0; i < n; i++) {
      int row = i * n;
      double sum = b[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[row + k] * b[k];
      }
      b[i] = sum / lower[row + i];
    }
  }

  /** Replaces b by the solution x of {@code L' x = b}. */
  void solveUpper(double[] b) {
    for (int i = n - 1; i >= 0; i--) {
      int row = i * n;
      double x = b[i] / lower[row + i];
      b[i] = x;
      for (int k = 0; k < i; k++) {
        b[k] -= lower[row + k] * x;
      }
    }
  }

  /** Replaces b by the solution x of {@code A x = b}. */
  void solve(double[] b) {
    solveLower(b);
    solveUpper(b);
  }

  /** Returns {@code L z}. */
  double[] times(double[] z) {
    double[] product = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int k = 0; k <= i; k++) {
        sum += lower[i * n + k] * z[k];
      }
      product[i] = sum;
    }
    return product;
  }

  /** Returns the inverse of the matrix, n rows of n. */
  double[] inverse() {
    // The inverse of L first, row by row, then its product with its transpose.
    double[] inverseLower = new double[n * n];
    for (int j = 0; j < n; j++) {
      inverseLower[j * n + j] = 1 / lower[j * n + j];
      for (int i = j + 1; i < n; i++) {
        double sum = 0;
        for (int k = j; k < i; k++) {
          sum -= lower[i * n + k] * inverseLower[k * n + j];
        }
        inverseLower[i * n + j] = sum / lower[i * n + i];
      }
    }
    double[] inverse = new double[n * n];
    for (int k = 0; k < n; k++) {
      int row = k * n;
      for (int i = 0; i <= k; i++) {
        double factor = inverseLower[row + i];
        for (int j = 0; j <= i; j++) {
          inverse[i * n + j] += factor * inverseLower[row + j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        inverse[j * n + i] = inverse[i * n + j];
      }
    }
    return inverse;
  }
}
