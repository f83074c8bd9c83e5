package io.ranking4j.report;

import java.util.OptionalDouble;

/**
 * An axis of numbers. Immutable and safe to share.
 *
 * @param label what it measures, with the unit
 * @param logarithmic whether its scale is logarithmic; values of 0 or less are then not drawn
 * @param min where it begins; empty to fit the points
 * @param max where it ends; empty to fit the points
 */
public record Axis(String label, boolean logarithmic, OptionalDouble min, OptionalDouble max) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if an end is not finite, the axis ends before it begins, or
   *     begins at or below 0 where it is logarithmic
   */
  public Axis {
    requireFinite("min", min);
    requireFinite("max", max);
    if (min.isPresent() && max.isPresent() && !(min.getAsDouble() < max.getAsDouble())) {
      throw new IllegalArgumentException(
          "min must be below max, but was %s with max %s"
              .formatted(min.getAsDouble(), max.getAsDouble()));
    }
    if (logarithmic && min.isPresent() && !(min.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "min of a logarithmic axis must be above 0, but was " + min.getAsDouble());
    }
  }

  /** Returns a linear axis that fits the points. */
  public static Axis of(String label) {
    return new Axis(label, false, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** Returns the same axis with a logarithmic scale. */
  public Axis onLogScale() {
    return new Axis(label, true, min, max);
  }

  /** Returns the same axis with both of its ends given. */
  public Axis between(double min, double max) {
    return new Axis(label, logarithmic, OptionalDouble.of(min), OptionalDouble.of(max));
  }

  /** Returns the same axis beginning there. */
  public Axis from(double min) {
    return new Axis(label, logarithmic, OptionalDouble.of(min), max);
  }

  private static void requireFinite(String what, OptionalDouble value) {
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new IllegalArgumentException(what + " must be finite, but was " + value.getAsDouble());
    }
  }
}
