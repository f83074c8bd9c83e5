package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;

/**
 * A straight line on the log-odds: {@code logit(q) = slope logit(p) + intercept}.
 *
 * <p>Fitted by maximum likelihood to Platt's smoothed targets, {@code (P + 1) / (P + 2)} for
 * positives and {@code 1 / (N + 2)} for negatives with {@code P} and {@code N} the sums of their
 * weights, which keep the line finite where the classes do not overlap. Platt, <i>Probabilistic
 * outputs for support vector machines</i> (1999), with Newton's method after Lin, Lin and Weng
 * (2007). The right choice for few observations; it needs no more than some dozens of positives.
 *
 * <p>The slope is at least 0: where the probabilities run against the labels, the best increasing
 * line is the flat one. Log-odds are bounded at {@code +-}{@value LogOdds#BOUND}, so that 0 and 1
 * have finite ones.
 *
 * @param slope at least 0 and finite
 * @param intercept finite
 */
public record PlattCalibrator(double slope, double intercept) implements Calibrator {
  /** Its id in model files. */
  public static final String TYPE_ID = "platt";

  /** Checks both parts. */
  public PlattCalibrator {
    if (!(slope >= 0 && slope <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the slope of Platt scaling must be at least 0 and finite, but was " + slope);
    }
    if (!Double.isFinite(intercept)) {
      throw new IllegalArgumentException(
          "the intercept of Platt scaling must be finite, but was " + intercept);
    }
  }

  /**
   * Fits a line with every row counting once.
   *
   * @see #fit(double[], double[], double[])
   */
  public static PlattCalibrator fit(double[] probabilities, double[] labels) {
    return fit(probabilities, labels, Observations.unitWeights(labels.length));
  }

  /**
   * Fits a line.
   *
   * @param probabilities by row, what is to be calibrated, in [0, 1]; like the others not kept
   * @param labels by row, 0 or 1
   * @param weights by row, how often the row counts, at least 0 and finite
   * @throws IllegalArgumentException where lengths differ, a value is out of range (naming its
   *     row), or there is no positive or no negative
   */
  public static PlattCalibrator fit(double[] probabilities, double[] labels, double[] weights) {
    Observations rows = Observations.of(probabilities, labels, weights);
    double positives = 0;
    double negatives = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.labels()[row] == 1) {
        positives += rows.weights()[row];
      } else {
        negatives += rows.weights()[row];
      }
    }
    double[] targets = new double[rows.size()];
    for (int row = 0; row < targets.length; row++) {
      targets[row] =
          rows.labels()[row] == 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
    }
    double[] ones = Observations.unitWeights(rows.size());
    double[] line =
        new LogisticRegression(new double[][] {rows.logOdds(), ones}, targets, rows.weights(), 0)
            .fit();
    if (line[0] >= 0) {
      return new PlattCalibrator(line[0], line[1]);
    }
    double[] flat = new LogisticRegression(new double[][] {ones}, targets, rows.weights(), 0).fit();
    return new PlattCalibrator(0, flat[0]);
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** The slope and the intercept. */
  @Override
  public double[] parameters() {
    return new double[] {slope, intercept};
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException where it is outside of [0, 1] or NaN
   */
  @Override
  public double calibrate(double probability) {
    return LogOdds.sigmoid(slope * LogOdds.of(LogOdds.check(probability)) + intercept);
  }
}
