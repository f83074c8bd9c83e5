package io.ranking4j.evaluation;

/**
 * Confidence interval of a Pearson correlation by Fisher's transform: atanh(r) is nearly normal
 * with variance 1 / (pairs - 3) when the pairs are bivariate normal.
 *
 * @see <a href="https://doi.org/10.2307/2331838">Fisher, 1915</a>
 */
public final class FisherInterval {

  private FisherInterval() {}

  /**
   * Returns the 95 % interval.
   *
   * @param r the coefficient, in [-1, 1]
   * @param pairs the number of pairs, at least 4
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Interval of(double r, int pairs) {
    return of(r, pairs, Interval.DEFAULT_CONFIDENCE);
  }

  /**
   * Returns the interval of a confidence.
   *
   * @param r the coefficient, in [-1, 1]
   * @param pairs the number of pairs, at least 4
   * @param confidence in (0, 1)
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Interval of(double r, int pairs, double confidence) {
    if (!(r >= -1 && r <= 1)) {
      throw new IllegalArgumentException("r must be in [-1, 1], but was " + r);
    }
    if (pairs < 4) {
      throw new IllegalArgumentException("pairs must be at least 4, but was " + pairs);
    }
    double center = (Math.log1p(r) - Math.log1p(-r)) / 2;
    double half = Checks.twoSidedNormalQuantile(confidence) / Math.sqrt(pairs - 3.0);
    return new Interval(Math.tanh(center - half), Math.tanh(center + half));
  }
}
