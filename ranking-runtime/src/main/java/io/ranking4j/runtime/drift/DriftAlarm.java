package io.ranking4j.runtime.drift;

import java.util.Locale;

/**
 * A feature that is not in serving what it was in training.
 *
 * @param feature its name
 * @param measure what shows it
 * @param limit what the measure may be at most
 * @param actual what it is
 */
public record DriftAlarm(String feature, Measure measure, double limit, double actual) {
  /** What is measured. */
  public enum Measure {
    /** The share of rows without a value. */
    MISSING_RATE("missing rate"),
    /** The share of values that are unknown. */
    UNKNOWN_RATE("unknown rate"),
    /** The population stability index of the values. */
    STABILITY_INDEX("population stability index");

    private final String text;

    Measure(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** For people: what, limit, actual. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "the %s of feature '%s' must be at most %.4f, but was %.4f",
        measure,
        feature,
        limit,
        actual);
  }
}
