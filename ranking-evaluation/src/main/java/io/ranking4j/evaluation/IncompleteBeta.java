package io.ranking4j.evaluation;

import org.hipparchus.special.Beta;
import org.hipparchus.util.ContinuedFraction;

/** The regularised incomplete beta function in log space, where tails do not underflow. */
final class IncompleteBeta {

  private static final double EPSILON = 1e-15;
  private static final int MAX_TERMS = 100_000;

  private IncompleteBeta() {}

  /**
   * Returns ln I<sub>x</sub>(a, b).
   *
   * @param x in [0, 1]
   * @param y 1 - x, given apart because the caller may know it without cancellation
   * @see <a href="https://dlmf.nist.gov/8.17">DLMF 8.17.22 and, for the reflection, 8.17.4</a>
   */
  static double logRegularized(double x, double y, double a, double b) {
    if (x <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (y <= 0) {
      return 0;
    }
    // The fraction converges fast only below the mean of the distribution.
    return x <= (a + 1) / (a + b + 2)
        ? logFraction(x, y, a, b)
        : Math.log1p(-Math.exp(logFraction(y, x, b, a)));
  }

  private static double logFraction(double x, double y, double a, double b) {
    ContinuedFraction fraction =
        new ContinuedFraction() {
          @Override
          protected double getA(int n, double at) {
            return 1;
          }

          @Override
          protected double getB(int n, double at) {
            int m = n / 2;
            return n % 2 == 0
                ? m * (b - m) * at / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * at / ((a + 2 * m) * (a + 2 * m + 1));
          }
        };
    return a * log(x, y)
        + b * log(y, x)
        - Math.log(a)
        - Beta.logBeta(a, b)
        - Math.log(fraction.evaluate(x, EPSILON, MAX_TERMS));
  }

  /** Returns ln x from x and 1 - x: near 1 only the latter has the digits that a factor a keeps. */
  private static double log(double x, double y) {
    return x < 0.5 ? Math.log(x) : Math.log1p(-y);
  }
}
