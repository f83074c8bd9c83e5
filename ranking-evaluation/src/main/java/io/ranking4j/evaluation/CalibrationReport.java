package io.ranking4j.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * All there is to say about the calibration of one binary task. With {@link BySegment} it is made
 * for each segment. Immutable and safe to share.
 *
 * @param rows the number of rows
 * @param positives the number of rows with label 1
 * @param ratio predicted divided by observed positives
 * @param line calibration slope and intercept
 * @param ece expected calibration error, bins of equal width
 * @param equalMassEce the same, bins of equal mass
 * @param debiasedEce the same, less what chance adds
 * @param expectedEce what chance alone makes of {@code equalMassEce}
 * @param mce maximum calibration error, bins of equal mass
 * @param brier mean squared error
 * @param logLoss mean negative log likelihood, in nats
 * @param curve predicted against observed in bins of equal mass
 */
public record CalibrationReport(
    int rows,
    int positives,
    Estimate ratio,
    CalibrationLine line,
    MetricValue ece,
    MetricValue equalMassEce,
    MetricValue debiasedEce,
    MetricValue expectedEce,
    MetricValue mce,
    MetricValue brier,
    MetricValue logLoss,
    CalibrationCurve curve) {

  /**
   * Computes with {@link CalibrationCurve#DEFAULT_BINS} bins.
   *
   * @param clusters rows that may depend on each other, such as those of a user; null for none
   * @throws IllegalArgumentException if a score is not in [0, 1] or the clusters have another
   *     number of rows
   */
  public static CalibrationReport of(Predictions predictions, @Nullable Groups clusters) {
    return of(predictions, clusters, CalibrationCurve.DEFAULT_BINS);
  }

  /**
   * Computes with another number of bins.
   *
   * @param clusters rows that may depend on each other, such as those of a user; null for none
   * @param bins at least 1
   * @throws IllegalArgumentException if a score is not in [0, 1], the clusters have another number
   *     of rows, or there is not at least one bin
   */
  public static CalibrationReport of(Predictions predictions, @Nullable Groups clusters, int bins) {
    CalibrationCurve curve = CalibrationCurve.equalMass(predictions, bins);
    return new CalibrationReport(
        predictions.rows(),
        predictions.positives(),
        CalibrationRatio.estimate(predictions, clusters),
        CalibrationLine.compute(predictions, clusters),
        ExpectedCalibrationError.equalWidth(
            predictions, bins, CalibrationCurve.DEFAULT_CLOSED_SIDE),
        ExpectedCalibrationError.error(predictions, curve),
        ExpectedCalibrationError.debiased(predictions, curve),
        ExpectedCalibrationError.expectedIfCalibrated(predictions, curve),
        MaximumCalibrationError.error(predictions, curve),
        BrierScore.compute(predictions),
        LogLoss.compute(predictions),
        curve);
  }
}
