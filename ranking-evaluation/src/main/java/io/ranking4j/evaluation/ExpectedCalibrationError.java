package io.ranking4j.evaluation;

/**
 * Expected calibration error: the mean over bins, weighted by their rows, of the absolute
 * difference between predicted and observed rate. It depends on the bins: compare only what was
 * computed with the same ones. With rare positives nearly all rows share the first bin of equal
 * width; bins of equal mass say more there.
 *
 * @see <a href="https://proceedings.mlr.press/v70/guo17a.html">Guo et al., 2017</a>
 */
public final class ExpectedCalibrationError {

  private ExpectedCalibrationError() {}

  /**
   * Uses {@link CalibrationCurve#DEFAULT_BINS} bins of equal width, closed on the {@link
   * CalibrationCurve#DEFAULT_CLOSED_SIDE}; undefined when no row has weight.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1]
   */
  public static MetricValue compute(Predictions predictions) {
    return equalWidth(
        predictions, CalibrationCurve.DEFAULT_BINS, CalibrationCurve.DEFAULT_CLOSED_SIDE);
  }

  /**
   * Uses bins of equal width; undefined when no row has weight.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1] or there is not at least one bin
   */
  public static MetricValue equalWidth(Predictions predictions, int bins, ClosedSide closedSide) {
    return error(predictions, CalibrationCurve.equalWidth(predictions, bins, closedSide));
  }

  /**
   * Uses bins of equal weight, equal predictions kept together; undefined when no row has weight.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1] or there is not at least one bin
   */
  public static MetricValue equalMass(Predictions predictions, int bins) {
    return error(predictions, CalibrationCurve.equalMass(predictions, bins));
  }

  private static MetricValue error(Predictions predictions, CalibrationCurve curve) {
    String why = predictions.whyEmpty();
    if (why != null) {
      return MetricValue.undefined(why);
    }
    double sum = 0;
    for (CalibrationCurve.Bin bin : curve.bins()) {
      sum += bin.weight() * Math.abs(bin.meanPredicted() - bin.observedRate());
    }
    return MetricValue.of(sum / predictions.totalWeight());
  }
}
