package io.ranking4j.evaluation;

import org.hipparchus.special.Erf;

/** What several inputs check in the same way. */
final class Checks {

  private static final double SQRT_2 = Math.sqrt(2);

  private Checks() {}

  static void sameLength(String first, int length, String second, int otherLength) {
    if (length != otherLength) {
      throw new IllegalArgumentException(
          "%s must have as many rows as %s, %d, but had %d"
              .formatted(second, first, length, otherLength));
    }
  }

  static void finite(String name, double[] values) {
    for (int row = 0; row < values.length; row++) {
      if (!Double.isFinite(values[row])) {
        throw new IllegalArgumentException(
            "%s must be finite, but row %d was %s".formatted(name, row, values[row]));
      }
    }
  }

  static void finiteAndNotNegative(String name, double[] values) {
    for (int row = 0; row < values.length; row++) {
      if (!(values[row] >= 0 && values[row] <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "%s must be finite and at least 0, but row %d was %s"
                .formatted(name, row, values[row]));
      }
    }
  }

  static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
    }
    return value;
  }

  /** Returns the z that a standard normal variable stays within, to both sides. */
  static double twoSidedNormalQuantile(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1), but was " + confidence);
    }
    return SQRT_2 * Erf.erfInv(confidence);
  }
}
