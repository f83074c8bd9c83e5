package io.ranking4j.fusion.personal;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/** The reward of every arm as a linear function of the features, by ridge regression. Immutable. */
final class RewardModel {
  /** The penalty in units of a request, of which there are thousands. */
  private static final double RIDGE = 1;

  private final double[][] coefficients;

  private RewardModel(double[][] coefficients) {
    this.coefficients = coefficients;
  }

  static RewardModel fit(LoggedChoices log, int arms) {
    int width = log.features()[0].length + 1;
    double[][] coefficients = new double[arms][];
    for (int arm = 0; arm < arms; arm++) {
      RealMatrix squares = new Array2DRowRealMatrix(width, width);
      double[] products = new double[width];
      for (int row = 0; row < log.rows(); row++) {
        if (log.arms()[row] == arm) {
          double[] x = log.features()[row];
          for (int i = 0; i < width; i++) {
            double xi = i < x.length ? x[i] : 1;
            products[i] += xi * log.rewards()[row];
            for (int j = 0; j < width; j++) {
              squares.addToEntry(i, j, xi * (j < x.length ? x[j] : 1));
            }
          }
        }
      }
      for (int i = 0; i < width; i++) {
        squares.addToEntry(i, i, i < width - 1 ? RIDGE : 1e-9);
      }
      coefficients[arm] =
          new CholeskyDecomposition(squares)
              .getSolver()
              .solve(new ArrayRealVector(products))
              .toArray();
    }
    return new RewardModel(coefficients);
  }

  double reward(double[] features, int arm) {
    double[] own = coefficients[arm];
    double sum = own[features.length];
    for (int i = 0; i < features.length; i++) {
      sum += own[i] * features[i];
    }
    return sum;
  }
}
