package io.ranking4j.calibration;

/** Refuses parameters that are too few or too many. */
final class ParameterCount {
  private ParameterCount() {}

  static void check(String typeId, double[] parameters, int expected) {
    if (parameters.length != expected) {
      throw new IllegalArgumentException(
          "a calibrator of type '"
              + typeId
              + "' must have "
              + expected
              + " parameters, but had "
              + parameters.length);
    }
  }
}
