package io.ranking4j.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * A value estimated from a sample, with how sure it is. Immutable and safe to share.
 *
 * @param metric the value, or why there is none
 * @param standardError its standard error in the same unit, or why there is none
 * @param interval a confidence interval of the value; from negative to positive infinity where the
 *     sample says nothing
 */
public record Estimate(MetricValue metric, MetricValue standardError, Interval interval) {

  private static final Interval EVERYTHING =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Returns the value, NaN when it is undefined. */
  public double value() {
    return metric.value();
  }

  /** Returns an estimate without a value, for the reason given. */
  public static Estimate undefined(String because) {
    return new Estimate(MetricValue.undefined(because), MetricValue.undefined(because), EVERYTHING);
  }

  /** Returns a value whose error is not known, for the reason given. */
  public static Estimate withoutError(double value, String because) {
    return new Estimate(MetricValue.of(value), MetricValue.undefined(because), EVERYTHING);
  }

  /**
   * Returns a value whose error is normal: the interval is the value plus and minus so many
   * standard errors.
   *
   * @param value the value
   * @param standardError at least 0 and finite
   * @param confidence of the interval, in (0, 1)
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Estimate normal(double value, double standardError, double confidence) {
    if (!(standardError >= 0 && standardError <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "a standard error must be finite and at least 0, but was " + standardError);
    }
    double half = Checks.twoSidedNormalQuantile(confidence) * standardError;
    return new Estimate(
        MetricValue.of(value),
        MetricValue.of(standardError),
        new Interval(value - half, value + half));
  }

  /**
   * Returns a value with the error that the influences of its rows imply, robust to rows of one
   * cluster being alike. The squared error is {@code G / (G - 1)} times the sum over the G clusters
   * of the squared sum of their influences; without clusters every row is one of its own. It takes
   * some dozens of clusters for the interval to be honest.
   *
   * @param value the value
   * @param influences by row, how much the row moves the value: the first-order change of the value
   *     when the row is added, summing to about 0. For a plain mean it is {@code (x - mean) / n}
   * @param clusters rows that may depend on each other, such as those of a user; null for none
   * @param confidence of the interval, in (0, 1)
   * @throws IllegalArgumentException if the clusters have another number of rows, or an influence
   *     or the confidence is out of its range
   */
  public static Estimate ofInfluences(
      double value, double[] influences, @Nullable Groups clusters, double confidence) {
    double[] sums = clusters == null ? influences : clusters.sums(influences);
    if (sums.length < 2) {
      return withoutError(
          value,
          "a standard error needs at least 2 clusters of rows, but there was " + sums.length);
    }
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    return normal(value, Math.sqrt(squares * sums.length / (sums.length - 1.0)), confidence);
  }

  /**
   * The same for a value that cannot be negative, a ratio or a rate: the interval is normal in the
   * logarithm of the value, so that it stays above 0.
   *
   * @param value at least 0; for 0 the interval has no upper end
   * @param influences by row, as in {@link #ofInfluences}
   * @param clusters rows that may depend on each other; null for none
   * @param confidence of the interval, in (0, 1)
   * @throws IllegalArgumentException if the clusters have another number of rows, or an argument is
   *     out of its range
   */
  public static Estimate ofPositive(
      double value, double[] influences, @Nullable Groups clusters, double confidence) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("the value must be at least 0, but was " + value);
    }
    Estimate plain = ofInfluences(value, influences, clusters, confidence);
    if (!plain.standardError.isDefined() || value == 0) {
      return new Estimate(
          plain.metric, plain.standardError, new Interval(0, Double.POSITIVE_INFINITY));
    }
    double factor =
        Math.exp(Checks.twoSidedNormalQuantile(confidence) * (plain.standardError.value() / value));
    return new Estimate(
        plain.metric, plain.standardError, new Interval(value / factor, value * factor));
  }

  /** Returns the same estimate with its interval cut to these bounds. */
  Estimate within(double lower, double upper) {
    return new Estimate(
        metric,
        standardError,
        new Interval(
            Math.min(upper, Math.max(lower, interval.lower())),
            Math.max(lower, Math.min(upper, interval.upper()))));
  }
}
