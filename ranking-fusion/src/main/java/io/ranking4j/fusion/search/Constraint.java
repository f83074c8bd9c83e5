package io.ranking4j.fusion.search;

/**
 * What a metric must reach for a point to be allowed.
 *
 * @param metric its name, not blank
 * @param kind how it is compared
 * @param value the bound, or the factor on the baseline's own value; finite
 */
public record Constraint(String metric, Kind kind, double value) {
  /** How a metric is compared. */
  public enum Kind {
    /** At least the value. */
    AT_LEAST,
    /** At most the value. */
    AT_MOST,
    /** At least the value times what the baseline reaches. */
    AT_LEAST_OF_BASELINE,
    /** At most the value times what the baseline reaches. */
    AT_MOST_OF_BASELINE
  }

  /**
   * Checks the name and the value.
   *
   * @throws IllegalArgumentException where the name is blank or the value not finite
   */
  public Constraint {
    if (metric.isBlank()) {
      throw new IllegalArgumentException("the name of a metric must not be blank");
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the value of a constraint on '" + metric + "' must be finite, but was " + value);
    }
  }

  /** The metric is at least a bound. */
  public static Constraint atLeast(String metric, double bound) {
    return new Constraint(metric, Kind.AT_LEAST, bound);
  }

  /** The metric is at most a bound. */
  public static Constraint atMost(String metric, double bound) {
    return new Constraint(metric, Kind.AT_MOST, bound);
  }

  /** The metric is at least a factor times what the baseline reaches. */
  public static Constraint atLeastOfBaseline(String metric, double factor) {
    return new Constraint(metric, Kind.AT_LEAST_OF_BASELINE, factor);
  }

  /** The metric is at most a factor times what the baseline reaches. */
  public static Constraint atMostOfBaseline(String metric, double factor) {
    return new Constraint(metric, Kind.AT_MOST_OF_BASELINE, factor);
  }

  /** Returns whether it compares with the baseline. */
  public boolean isRelative() {
    return kind == Kind.AT_LEAST_OF_BASELINE || kind == Kind.AT_MOST_OF_BASELINE;
  }

  /** 1 where more is better, else -1. */
  double sign() {
    return kind == Kind.AT_LEAST || kind == Kind.AT_LEAST_OF_BASELINE ? 1 : -1;
  }

  /** How much room is left, below 0 where it is violated. */
  double slack(double metricValue, double baselineValue) {
    return sign() * (metricValue - (isRelative() ? value * baselineValue : value));
  }

  /** As in {@code save >= 0.9 of the baseline}. */
  @Override
  public String toString() {
    return metric
        + (sign() > 0 ? " >= " : " <= ")
        + value
        + (isRelative() ? " of the baseline" : "");
  }
}
