package io.ranking4j.report;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A point of a chart. Immutable and safe to share.
 *
 * @param x where it stands, finite; in a {@link CategoryChart} the index of its category
 * @param y its value; NaN where there is none, which interrupts a line
 * @param interval how sure the value is; null where that is not known
 * @param note what else there is to say about it, shown on touch and in the table; may be empty
 */
public record Point(double x, double y, @Nullable Interval interval, String note) {

  /**
   * Checks the values. An interval without a finite end is taken for none.
   *
   * @throws IllegalArgumentException if x is not finite or y is infinite
   */
  public Point {
    if (!Double.isFinite(x)) {
      throw new IllegalArgumentException("x must be finite, but was " + x);
    }
    if (Double.isInfinite(y)) {
      throw new IllegalArgumentException("y must be finite or NaN, but was " + y);
    }
    if (interval != null
        && !(Double.isFinite(interval.lower()) && Double.isFinite(interval.upper()))) {
      interval = null;
    }
  }

  /** Returns a point. */
  public static Point of(double x, double y) {
    return new Point(x, y, null, "");
  }

  /** Returns a point with an interval of its value. */
  public static Point of(double x, double y, Interval interval) {
    return new Point(x, y, interval, "");
  }

  /** Returns a point with the value and the interval of an estimate. */
  public static Point of(double x, Estimate estimate) {
    return new Point(x, estimate.value(), estimate.interval(), "");
  }

  /** Returns the same point with something said about it. */
  public Point withNote(String note) {
    return new Point(x, y, interval, note);
  }
}
