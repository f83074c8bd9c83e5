package io.ranking4j.fusion.gp;

import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * The factor L of a symmetric positive definite matrix {@code A = L L'}, by Hipparchus, with the
 * triangular solves that Gaussian processes live on, in place. Immutable.
 */
final class Cholesky {
  private final CholeskyDecomposition decomposition;
  private final RealMatrix lower;
  private final RealMatrix upper;
  private final int n;

  private Cholesky(CholeskyDecomposition decomposition, int n) {
    this.decomposition = decomposition;
    this.lower = decomposition.getL();
    this.upper = decomposition.getLT();
    this.n = n;
  }

  /**
   * Factors a matrix, of which only the lower triangle is read.
   *
   * @param a n rows of n, left as it is; none where no points are chosen
   * @return null where the matrix is not positive definite to working precision
   */
  static @Nullable Cholesky ofOrNull(double[] a, int n) {
    if (n == 0) {
      // Hipparchus knows no empty matrix.
      return new Cholesky(new CholeskyDecomposition(MatrixUtils.createRealIdentityMatrix(1)), 0);
    }
    double[][] symmetric = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        symmetric[i][j] = a[i * n + j];
        symmetric[j][i] = a[i * n + j];
      }
    }
    CholeskyDecomposition decomposition;
    try {
      decomposition = new CholeskyDecomposition(new Array2DRowRealMatrix(symmetric, false), 0, 0);
    } catch (MathIllegalArgumentException notPositive) {
      return null;
    }
    Cholesky factor = new Cholesky(decomposition, n);
    // A NaN anywhere passes every comparison and ends up in the last place of the diagonal.
    return Double.isNaN(factor.lower.getEntry(n - 1, n - 1)) ? null : factor;
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
      sum += Math.log(lower.getEntry(i, i));
    }
    return 2 * sum;
  }

  /** Replaces b by the solution x of {@code L x = b}. */
  void solveLower(double[] b) {
    if (n > 0) {
      MatrixUtils.solveLowerTriangularSystem(lower, new ArrayRealVector(b, false));
    }
  }

  /** Replaces b by the solution x of {@code L' x = b}. */
  void solveUpper(double[] b) {
    if (n > 0) {
      MatrixUtils.solveUpperTriangularSystem(upper, new ArrayRealVector(b, false));
    }
  }

  /** Replaces b by the solution x of {@code A x = b}. */
  void solve(double[] b) {
    solveLower(b);
    solveUpper(b);
  }

  /** Returns {@code L z}. */
  double[] times(double[] z) {
    return n == 0 ? new double[0] : lower.operate(z);
  }

  /** Returns the inverse of the matrix, n rows of n. */
  double[] inverse() {
    RealMatrix inverse = decomposition.getSolver().getInverse();
    double[] flat = new double[n * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(inverse.getRow(i), 0, flat, i * n, n);
    }
    return flat;
  }
}
