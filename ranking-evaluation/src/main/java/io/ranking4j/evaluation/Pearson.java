package io.ranking4j.evaluation;

/**
 * Pearson's coefficient of linear correlation, and its two-sided p-value from Student's t with n -
 * 2 degrees of freedom, t = r sqrt((n - 2) / (1 - r<sup>2</sup>)).
 */
public final class Pearson {

  private Pearson() {}

  /**
   * Returns the coefficient, in [-1, 1]; undefined below two pairs or when x or y is constant.
   *
   * @throws IllegalArgumentException if the lengths differ or a value is not finite
   */
  public static MetricValue compute(double[] x, double[] y) {
    Pairs.check(x, y);
    String why = Pairs.whyUncorrelatable(x, y);
    if (why != null) {
      return MetricValue.undefined(why);
    }
    double[] dx = centered(x);
    double[] dy = centered(y);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < dx.length; i++) {
      xx += dx[i] * dx[i];
      yy += dy[i] * dy[i];
      xy += dx[i] * dy[i];
    }
    double r = xy / Math.sqrt(xx) / Math.sqrt(yy);
    return MetricValue.of(Math.max(-1, Math.min(1, r)));
  }

  /**
   * Returns the probability of a coefficient at least as far from 0 when there is no correlation.
   * Below about 1e-308 it is 0; {@link #logPValue} goes on.
   *
   * @param r the coefficient, in [-1, 1]
   * @param pairs the number of pairs, at least 3
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static double pValue(double r, int pairs) {
    return Math.exp(logPValue(r, pairs));
  }

  /**
   * Returns the natural logarithm of the p-value, exact where the p-value itself is too small for a
   * double; negative infinity for a coefficient of -1 or 1.
   *
   * @param r the coefficient, in [-1, 1]
   * @param pairs the number of pairs, at least 3
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static double logPValue(double r, int pairs) {
    if (!(r >= -1 && r <= 1)) {
      throw new IllegalArgumentException("r must be in [-1, 1], but was " + r);
    }
    if (pairs < 3) {
      throw new IllegalArgumentException("pairs must be at least 3, but was " + pairs);
    }
    return IncompleteBeta.logRegularized((1 - r) * (1 + r), r * r, (pairs - 2) / 2.0, 0.5);
  }

  /** Divides by the greatest magnitude on either side of centring: squares cannot overflow. */
  private static double[] centered(double[] values) {
    double[] scaled = scaledToOne(values);
    double sum = 0;
    for (double value : scaled) {
      sum += value;
    }
    double mean = sum / scaled.length;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] -= mean;
    }
    return scaledToOne(scaled);
  }

  private static double[] scaledToOne(double[] values) {
    double greatest = 0;
    for (double value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] / greatest;
    }
    return scaled;
  }
}
