package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;

/** A way to make a calibrator from rows, such as {@code PlattCalibrator::fit} or the user's own. */
@FunctionalInterface
public interface CalibratorFit {
  /**
   * Fits a calibrator.
   *
   * @param probabilities by row, what is to be calibrated, in [0, 1]; not to be kept or changed
   * @param labels by row, 0 or 1; at least one of each has weight
   * @param weights by row, how often the row counts, at least 0 and finite
   */
  Calibrator fit(double[] probabilities, double[] labels, double[] weights);
}
