package io.ranking4j.evaluation;

/**
 * Maximum calibration error: the largest absolute difference between predicted and observed rate of
 * any bin. A bin of few rows is far off by chance alone, so it is only as good as its thinnest bin:
 * bins of equal mass are the default.
 *
 * @see <a href="https://doi.org/10.1609/aaai.v29i1.9602">Naeini et al., 2015</a>
 */
public final class MaximumCalibrationError {

  private MaximumCalibrationError() {}

  /**
   * Uses {@link CalibrationCurve#DEFAULT_BINS} bins of equal mass; undefined when no row has
   * weight.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1]
   */
  public static MetricValue compute(Predictions predictions) {
    return equalMass(predictions, CalibrationCurve.DEFAULT_BINS);
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

  static MetricValue error(Predictions predictions, CalibrationCurve curve) {
    String why = predictions.whyEmpty();
    if (why != null) {
      return MetricValue.undefined(why);
    }
    double greatest = 0;
    for (CalibrationCurve.Bin bin : curve.bins()) {
      greatest = Math.max(greatest, Math.abs(bin.meanPredicted() - bin.observedRate()));
    }
    return MetricValue.of(greatest);
  }
}
