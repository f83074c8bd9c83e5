package io.ranking4j.fusion.search;

/**
 * A metric to be as large, or as small, as can be.
 *
 * @param metric its name, not blank
 * @param isMaximised whether more is better
 */
public record Objective(String metric, boolean isMaximised) {
  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException where it is blank
   */
  public Objective {
    if (metric.isBlank()) {
      throw new IllegalArgumentException("the name of a metric must not be blank");
    }
  }

  /** More is better. */
  public static Objective maximise(String metric) {
    return new Objective(metric, true);
  }

  /** Less is better. */
  public static Objective minimise(String metric) {
    return new Objective(metric, false);
  }

  double sign() {
    return isMaximised ? 1 : -1;
  }
}
