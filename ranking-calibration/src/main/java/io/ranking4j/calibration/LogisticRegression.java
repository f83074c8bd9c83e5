package io.ranking4j.calibration;

/**
 * Logistic regression on a handful of columns by Newton's method with step halving. The loss is
 * convex, so the optimum it finds is the only one.
 */
final class LogisticRegression {
  private static final int MAX_ITERATIONS = 200;
  private static final int MAX_HALVINGS = 60;

  /** Half the squared Newton decrement at which another step would no longer change the loss. */
  private static final double TOLERANCE = 1e-14;

  /** Added to the diagonal of the Hessian, relative to it, to pass flat directions. */
  private static final double DAMPING = 1e-12;

  private final double[][] columns;
  private final double[] targets;
  private final double[] weights;
  private final double ridge;

  /**
   * Takes the problem as it is.
   *
   * @param columns the columns, each with a value a row; one of ones where an intercept is wanted
   * @param targets by row, in [0, 1]
   * @param weights by row, above 0
   * @param ridge half of it times the squared coefficients is added to the loss, at least 0
   */
  LogisticRegression(double[][] columns, double[] targets, double[] weights, double ridge) {
    this.columns = columns;
    this.targets = targets;
    this.weights = weights;
    this.ridge = ridge;
  }

  /** The coefficients of least loss. */
  double[] fit() {
    int width = columns.length;
    double[] coefficients = new double[width];
    double loss = loss(coefficients);
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      double[] gradient = new double[width];
      double[][] hessian = new double[width][width];
      derivatives(coefficients, gradient, hessian);
      double[] step = solve(hessian, gradient);
      double decrement = 0;
      for (int j = 0; j < width; j++) {
        decrement += gradient[j] * step[j];
      }
      double scale = 1;
      double[] next = coefficients;
      double nextLoss = loss;
      for (int halving = 0; halving < MAX_HALVINGS; halving++, scale /= 2) {
        next = minus(coefficients, scale, step);
        nextLoss = loss(next);
        if (nextLoss <= loss - 1e-4 * scale * decrement) {
          break;
        }
      }
      if (!(nextLoss < loss)) {
        // Rounding hides what the last step would gain: it is taken whole where it is tiny.
        return decrement < 1e-6 * (1 + loss) ? minus(coefficients, 1, step) : coefficients;
      }
      coefficients = next;
      loss = nextLoss;
      if (decrement / 2 < TOLERANCE * loss) {
        return coefficients;
      }
    }
    return coefficients;
  }

  /** The loss of these coefficients. */
  double loss(double[] coefficients) {
    double loss = 0;
    for (int row = 0; row < targets.length; row++) {
      double z = score(coefficients, row);
      loss += weights[row] * (LogOdds.softplus(z) - targets[row] * z);
    }
    for (double coefficient : coefficients) {
      loss += ridge / 2 * coefficient * coefficient;
    }
    return loss;
  }

  private double score(double[] coefficients, int row) {
    double z = 0;
    for (int j = 0; j < columns.length; j++) {
      z += coefficients[j] * columns[j][row];
    }
    return z;
  }

  private void derivatives(double[] coefficients, double[] gradient, double[][] hessian) {
    int width = columns.length;
    for (int row = 0; row < targets.length; row++) {
      double z = score(coefficients, row);
      double p = LogOdds.sigmoid(z);
      double residual = weights[row] * (p - targets[row]);
      double curvature = weights[row] * p * LogOdds.sigmoid(-z);
      for (int j = 0; j < width; j++) {
        gradient[j] += residual * columns[j][row];
        for (int k = 0; k <= j; k++) {
          hessian[j][k] += curvature * columns[j][row] * columns[k][row];
        }
      }
    }
    for (int j = 0; j < width; j++) {
      gradient[j] += ridge * coefficients[j];
      hessian[j][j] += ridge;
      hessian[j][j] += DAMPING * hessian[j][j] + Double.MIN_NORMAL;
    }
  }

  private static double[] minus(double[] from, double scale, double[] step) {
    double[] result = new double[from.length];
    for (int j = 0; j < result.length; j++) {
      result[j] = from[j] - scale * step[j];
    }
    return result;
  }

  /** Solves by Cholesky's factorisation, in place, from the lower triangle. */
  private static double[] solve(double[][] a, double[] rightSide) {
    int n = rightSide.length;
    for (int j = 0; j < n; j++) {
      double diagonal = a[j][j];
      for (int k = 0; k < j; k++) {
        diagonal -= a[j][k] * a[j][k];
      }
      // Columns that are multiples of one another leave nothing but rounding on the diagonal.
      a[j][j] = Math.sqrt(Math.max(diagonal, DAMPING * a[j][j]));
      for (int i = j + 1; i < n; i++) {
        double below = a[i][j];
        for (int k = 0; k < j; k++) {
          below -= a[i][k] * a[j][k];
        }
        a[i][j] = below / a[j][j];
      }
    }
    double[] solution = rightSide.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        solution[i] -= a[i][k] * solution[k];
      }
      solution[i] /= a[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        solution[i] -= a[k][i] * solution[k];
      }
      solution[i] /= a[i][i];
    }
    return solution;
  }
}
