package io.ranking4j.evaluation;

/**
 * A closed interval, such as a confidence interval. Immutable and safe to share.
 *
 * @param lower the lower bound
 * @param upper the upper bound, at least the lower one
 */
public record Interval(double lower, double upper) {

  /** The confidence of every interval that does not name another. */
  public static final double DEFAULT_CONFIDENCE = 0.95;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a bound is NaN or the lower exceeds the upper
   */
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "lower must be at most upper, but was " + lower + " with upper " + upper);
    }
  }

  /** Returns whether the value lies between the bounds or on one of them. */
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }
}
