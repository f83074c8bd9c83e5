package io.ranking4j.report;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Interval;
import io.ranking4j.evaluation.MetricValue;
import java.util.Locale;

/**
 * What stands in a row and a column of a {@link Table}. Immutable and safe to share.
 *
 * @param text what is shown
 * @param detail what is shown smaller beneath it, such as an interval or why there is no number;
 *     may be empty
 * @param kind how it is set
 */
public record Cell(String text, String detail, Kind kind) {

  /** How a cell is set. */
  public enum Kind {
    /** A text, to the left. */
    TEXT,
    /** A number, to the right. */
    NUMBER,
    /** A number that is better than what it is compared with. */
    GAIN,
    /** A number that is worse than what it is compared with. */
    LOSS
  }

  /** Returns a text. */
  public static Cell of(String text) {
    return new Cell(text, "", Kind.TEXT);
  }

  /** Returns a whole number. */
  public static Cell of(long number) {
    return new Cell(Numbers.format(number), "", Kind.NUMBER);
  }

  /** Returns a number, a dash for NaN. */
  public static Cell of(double number) {
    return new Cell(Numbers.format(number), "", Kind.NUMBER);
  }

  /** Returns a metric, or a dash with the reason why it has no value. */
  public static Cell of(MetricValue metric) {
    String why = metric.undefinedBecause();
    return new Cell(Numbers.format(metric.value()), why == null ? "" : why, Kind.NUMBER);
  }

  /** Returns an estimate with its interval, or a dash with the reason why it has no value. */
  public static Cell of(Estimate estimate) {
    String why = estimate.metric().undefinedBecause();
    return new Cell(
        Numbers.format(estimate.value()),
        why == null ? interval(estimate.interval()) : why,
        Kind.NUMBER);
  }

  /**
   * Returns a relative change in percent with its sign, marked as a gain or a loss.
   *
   * @param change such as 0.012 for 1.2 percent more; NaN is a dash
   */
  public static Cell change(double change) {
    String text =
        Double.isFinite(change) ? String.format(Locale.ROOT, "%+.2f %%", 100 * change) : "–";
    boolean none = !Double.isFinite(change) || change == 0;
    return new Cell(text, "", none ? Kind.NUMBER : change > 0 ? Kind.GAIN : Kind.LOSS);
  }

  /** Returns the same cell with a detail beneath. */
  public Cell with(String detail) {
    return new Cell(text, detail, kind);
  }

  private static String interval(Interval interval) {
    boolean known = Double.isFinite(interval.lower()) && Double.isFinite(interval.upper());
    return known
        ? "[" + Numbers.format(interval.lower()) + ", " + Numbers.format(interval.upper()) + "]"
        : "";
  }
}
