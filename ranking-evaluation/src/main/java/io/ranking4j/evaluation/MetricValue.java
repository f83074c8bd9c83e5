package io.ranking4j.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * The value of a metric, or the reason why it has none. A metric that its input does not define
 * (AUC of a single class, say) is NaN with a reason, never 0. Immutable and safe to share.
 *
 * @param value the value in the metric's own unit; NaN exactly when it is undefined
 * @param undefinedBecause why there is no value; null exactly when there is one
 */
public record MetricValue(double value, @Nullable String undefinedBecause) {

  /**
   * Checks that a reason is given exactly when the value is NaN.
   *
   * @throws IllegalArgumentException if the value is NaN without a reason, or has both
   */
  public MetricValue {
    if (Double.isNaN(value) && undefinedBecause == null) {
      throw new IllegalArgumentException("a metric of NaN must say why it is undefined");
    }
    if (!Double.isNaN(value) && undefinedBecause != null) {
      throw new IllegalArgumentException(
          "an undefined metric must be NaN, but was " + value + " (" + undefinedBecause + ")");
    }
  }

  /**
   * Returns a defined value.
   *
   * @throws IllegalArgumentException if the value is NaN
   */
  public static MetricValue of(double value) {
    return new MetricValue(value, null);
  }

  /** Returns NaN with the reason for it. */
  public static MetricValue undefined(String because) {
    return new MetricValue(Double.NaN, because);
  }

  /** Returns whether there is a value. */
  public boolean isDefined() {
    return undefinedBecause == null;
  }

  /** Returns the value as a number, or {@code undefined: } and the reason. */
  @Override
  public String toString() {
    return undefinedBecause == null ? Double.toString(value) : "undefined: " + undefinedBecause;
  }
}
