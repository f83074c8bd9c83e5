package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;

/**
 * Beta calibration: {@code logit(q) = a ln(p) - b ln(1 - p) + c} with {@code a} and {@code b} at
 * least 0, which is what maps probabilities right when those of positives and of negatives follow
 * beta distributions. Unlike a line on the log-odds it contains the identity and bends the two ends
 * separately. Kull, Silva Filho and Flach, <i>Beta calibration: a well-founded and easily
 * implemented improvement on logistic calibration for binary classifiers</i> (AISTATS 2017).
 *
 * <p>Fitted by maximum likelihood. Where a term comes out negative, the fit is repeated without it,
 * and the other sign is checked again; the loss is convex, so the best admissible of these fits is
 * the optimum under the constraint. A ridge of {@value #RIDGE} on the coefficients, against a
 * weight of 1 for an average row, keeps them finite where the classes do not overlap. Logarithms
 * are bounded at -{@value LogOdds#BOUND}, so that 0 and 1 have finite ones.
 *
 * @param a the coefficient of {@code ln p}, at least 0 and finite
 * @param b the coefficient of {@code -ln(1 - p)}, at least 0 and finite
 * @param c the intercept, finite
 */
public record BetaCalibrator(double a, double b, double c) implements Calibrator {
  /** Its id in model files. */
  public static final String TYPE_ID = "beta";

  /** What keeps coefficients finite where the classes do not overlap. */
  public static final double RIDGE = 1e-10;

  private static final double LN_2 = Math.log(2);

  /** Which of the parameters are free. */
  public enum Form {
    /** All three; the default. */
    ABM,
    /** {@code a = b}: a line on the log-odds. */
    AM,
    /** {@code c = (a - b) ln 2}: one half stays one half. */
    AB
  }

  /** Checks every part. */
  public BetaCalibrator {
    checkCoefficient("a", a);
    checkCoefficient("b", b);
    if (!Double.isFinite(c)) {
      throw new IllegalArgumentException("c of beta calibration must be finite, but was " + c);
    }
  }

  private static void checkCoefficient(String name, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          name + " of beta calibration must be at least 0 and finite, but was " + value);
    }
  }

  /**
   * Fits all three parameters with every row counting once.
   *
   * @see #fit(Form, double[], double[], double[])
   */
  public static BetaCalibrator fit(double[] probabilities, double[] labels) {
    return fit(probabilities, labels, Observations.unitWeights(labels.length));
  }

  /**
   * Fits all three parameters.
   *
   * @see #fit(Form, double[], double[], double[])
   */
  public static BetaCalibrator fit(double[] probabilities, double[] labels, double[] weights) {
    return fit(Form.ABM, probabilities, labels, weights);
  }

  /**
   * Fits the parameters of a form.
   *
   * @param form which of them are free
   * @param probabilities by row, what is to be calibrated, in [0, 1]; like the others not kept
   * @param labels by row, 0 or 1
   * @param weights by row, how much the row counts against the others, at least 0 and finite
   * @throws IllegalArgumentException where lengths differ, a value is out of range (naming its
   *     row), or there is no positive or no negative
   */
  public static BetaCalibrator fit(
      Form form, double[] probabilities, double[] labels, double[] weights) {
    Observations rows = Observations.of(probabilities, labels, weights);
    // In the AB form the intercept goes into the columns: a ln(2p) - b ln(2(1 - p)).
    double inColumns = form == Form.AB ? LN_2 : 0;
    double[] positive = new double[rows.size()];
    double[] negative = new double[rows.size()];
    double[] ones = new double[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      positive[row] = LogOdds.log(rows.probabilities()[row]) + inColumns;
      negative[row] = -LogOdds.logOfComplement(rows.probabilities()[row]) - inColumns;
      ones[row] = 1;
    }
    Fitter fitter = new Fitter(rows.labels(), rows.weightsOfMeanOne());
    return switch (form) {
      case ABM -> fitAbm(fitter, positive, negative, ones);
      case AM -> fitAm(fitter, rows.logOdds(), ones);
      case AB -> fitAb(fitter, positive, negative);
    };
  }

  private static BetaCalibrator fitAbm(
      Fitter fitter, double[] positive, double[] negative, double[] ones) {
    double[] all = fitter.fit(positive, negative, ones);
    if (all[0] >= 0 && all[1] >= 0) {
      return new BetaCalibrator(all[0], all[1], all[2]);
    }
    double[] withoutA = fitter.fit(negative, ones);
    double[] withoutB = fitter.fit(positive, ones);
    if (withoutA[0] < 0 && withoutB[0] < 0) {
      return new BetaCalibrator(0, 0, fitter.fit(ones)[0]);
    }
    boolean dropA =
        withoutB[0] < 0
            || (withoutA[0] >= 0
                && fitter.loss(withoutA, negative, ones) <= fitter.loss(withoutB, positive, ones));
    return dropA
        ? new BetaCalibrator(0, withoutA[0], withoutA[1])
        : new BetaCalibrator(withoutB[0], 0, withoutB[1]);
  }

  private static BetaCalibrator fitAm(Fitter fitter, double[] logOdds, double[] ones) {
    double[] line = fitter.fit(logOdds, ones);
    return line[0] >= 0
        ? new BetaCalibrator(line[0], line[0], line[1])
        : new BetaCalibrator(0, 0, fitter.fit(ones)[0]);
  }

  private static BetaCalibrator fitAb(Fitter fitter, double[] positive, double[] negative) {
    double[] both = fitter.fit(positive, negative);
    if (both[0] < 0 || both[1] < 0) {
      double withoutA = fitter.fit(negative)[0];
      double withoutB = fitter.fit(positive)[0];
      boolean dropA =
          withoutB < 0
              || (withoutA >= 0
                  && fitter.loss(new double[] {withoutA}, negative)
                      <= fitter.loss(new double[] {withoutB}, positive));
      both = dropA ? new double[] {0, Math.max(withoutA, 0)} : new double[] {withoutB, 0};
    }
    return new BetaCalibrator(both[0], both[1], (both[0] - both[1]) * LN_2);
  }

  /** Fits chosen columns to the same labels again and again. */
  private static final class Fitter {
    private final double[] labels;
    private final double[] weights;

    Fitter(double[] labels, double[] weights) {
      this.labels = labels;
      this.weights = weights;
    }

    double[] fit(double[]... columns) {
      return new LogisticRegression(columns, labels, weights, RIDGE).fit();
    }

    double loss(double[] coefficients, double[]... columns) {
      return new LogisticRegression(columns, labels, weights, RIDGE).loss(coefficients);
    }
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** a, b and c. */
  @Override
  public double[] parameters() {
    return new double[] {a, b, c};
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException where it is outside of [0, 1] or NaN
   */
  @Override
  public double calibrate(double probability) {
    LogOdds.check(probability);
    return LogOdds.sigmoid(
        a * LogOdds.log(probability) - b * LogOdds.logOfComplement(probability) + c);
  }
}
