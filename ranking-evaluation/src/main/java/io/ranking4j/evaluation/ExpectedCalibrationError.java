package io.ranking4j.evaluation;

import org.hipparchus.special.Erf;

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

  /**
   * Uses bins of equal weight and takes off what chance adds: with n rows in a bin the observed
   * rate is off by chance alone, which every bin counts as error. The expected addition is
   * estimated by replacing each observed rate with a normal variable around it, in closed form. It
   * takes off most of the bias where a bin's error is large against chance and about 40 % of it
   * where there is none; {@link #expectedIfCalibrated} says how much is chance at most. May be
   * below 0. Undefined when no row has weight.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1] or there is not at least one bin
   * @see <a href="https://arxiv.org/abs/1909.10155">Kumar, Liang and Ma, 2019</a>
   */
  public static MetricValue debiased(Predictions predictions, int bins) {
    return debiased(predictions, CalibrationCurve.equalMass(predictions, bins));
  }

  static MetricValue debiased(Predictions predictions, CalibrationCurve curve) {
    String why = predictions.whyEmpty();
    if (why != null) {
      return MetricValue.undefined(why);
    }
    double sum = 0;
    for (CalibrationCurve.Bin bin : curve.bins()) {
      double rate = bin.observedRate();
      double gap = Math.abs(bin.meanPredicted() - rate);
      double chance = Math.sqrt(rate * (1 - rate) / bin.effectiveRows());
      sum += bin.weight() * (2 * gap - meanOfAbsoluteNormal(gap, chance));
    }
    return MetricValue.of(sum / predictions.totalWeight());
  }

  /**
   * Returns the error in bins of equal weight to be expected by chance if every prediction were the
   * true probability. An {@link #equalMass} error near it is no evidence of any miscalibration.
   * Undefined when no row has weight.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1] or there is not at least one bin
   */
  public static MetricValue expectedIfCalibrated(Predictions predictions, int bins) {
    return expectedIfCalibrated(predictions, CalibrationCurve.equalMass(predictions, bins));
  }

  static MetricValue expectedIfCalibrated(Predictions predictions, CalibrationCurve curve) {
    String why = predictions.whyEmpty();
    if (why != null) {
      return MetricValue.undefined(why);
    }
    double sum = 0;
    for (CalibrationCurve.Bin bin : curve.bins()) {
      double p = bin.meanPredicted();
      sum += bin.weight() * meanOfAbsoluteNormal(0, Math.sqrt(p * (1 - p) / bin.effectiveRows()));
    }
    return MetricValue.of(sum / predictions.totalWeight());
  }

  /** The mean of |X| for a normal X: that of the folded normal distribution. */
  private static double meanOfAbsoluteNormal(double mean, double deviation) {
    if (deviation == 0) {
      return Math.abs(mean);
    }
    double z = mean / deviation;
    return deviation * Math.sqrt(2 / Math.PI) * Math.exp(-z * z / 2)
        + mean * Erf.erf(z / Math.sqrt(2));
  }

  static MetricValue error(Predictions predictions, CalibrationCurve curve) {
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
