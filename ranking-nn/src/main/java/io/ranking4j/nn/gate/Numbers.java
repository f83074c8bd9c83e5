package io.ranking4j.nn.gate;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Interval;
import java.util.Locale;

/** Numbers in messages. */
final class Numbers {
  private Numbers() {}

  static String text(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String text(Estimate estimate) {
    return text(estimate.value()) + " " + text(estimate.interval());
  }

  static String text(Interval interval) {
    return "[" + text(interval.lower()) + ", " + text(interval.upper()) + "]";
  }

  static void check(boolean right, String limit, double actual) {
    if (!right) {
      throw new IllegalArgumentException(limit + ", but was " + actual);
    }
  }
}
