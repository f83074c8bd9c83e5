package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import java.util.Arrays;

/**
 * The best non-decreasing function of the probability, as knots with straight lines between.
 *
 * <p>Fitted by pooling adjacent violators (Ayer et al. 1955; Zadrozny and Elkan, KDD 2002): rows of
 * equal probability are first joined into one, then neighbours that fall are pooled into their
 * weighted mean. Each pooled block is flat from its first to its last probability; between blocks
 * the function is linear, and outside of all of them it keeps the value of the nearest. It can mend
 * any shape, and needs thousands of positives to do it better than {@link BetaCalibrator}; its ends
 * may be exactly 0 or 1.
 *
 * <p>Immutable and safe to share.
 */
public final class IsotonicCalibrator implements Calibrator {
  /** Its id in model files. */
  public static final String TYPE_ID = "isotonic";

  private final double[] probabilities;
  private final double[] values;

  /** Takes the knots as they are, checked. */
  private IsotonicCalibrator(double[] probabilities, double[] values) {
    this.probabilities = probabilities;
    this.values = values;
    for (int i = 0; i < values.length; i++) {
      inUnitInterval("the probability", i, probabilities[i]);
      inUnitInterval("the value", i, values[i]);
      if (i > 0 && !(probabilities[i] > probabilities[i - 1])) {
        throw new IllegalArgumentException(
            "the probabilities of knots must increase, but knot "
                + i
                + " is at "
                + probabilities[i]
                + " after "
                + probabilities[i - 1]);
      }
      if (i > 0 && !(values[i] >= values[i - 1])) {
        throw new IllegalArgumentException(
            "the values of knots must not decrease, but knot "
                + i
                + " is "
                + values[i]
                + " after "
                + values[i - 1]);
      }
    }
  }

  private static void inUnitInterval(String what, int knot, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          what + " of knot " + knot + " must be in [0, 1], but was " + value);
    }
  }

  /**
   * Makes one from its {@link #parameters()}.
   *
   * @throws IllegalArgumentException where they are not pairs, at least one, or not in order
   */
  static IsotonicCalibrator of(double[] parameters) {
    if (parameters.length == 0 || parameters.length % 2 != 0) {
      throw new IllegalArgumentException(
          "an isotonic calibrator must have two parameters for each knot, at least one knot, but"
              + " had "
              + parameters.length
              + " parameters");
    }
    int knots = parameters.length / 2;
    double[] probabilities = new double[knots];
    double[] values = new double[knots];
    for (int i = 0; i < knots; i++) {
      probabilities[i] = parameters[2 * i];
      values[i] = parameters[2 * i + 1];
    }
    return new IsotonicCalibrator(probabilities, values);
  }

  /**
   * Fits a function with every row counting once.
   *
   * @see #fit(double[], double[], double[])
   */
  public static IsotonicCalibrator fit(double[] probabilities, double[] labels) {
    return fit(probabilities, labels, Observations.unitWeights(labels.length));
  }

  /**
   * Fits a function.
   *
   * @param probabilities by row, what is to be calibrated, in [0, 1]; like the others not kept
   * @param labels by row, 0 or 1
   * @param weights by row, how often the row counts, at least 0 and finite
   * @throws IllegalArgumentException where lengths differ, a value is out of range (naming its
   *     row), or there is no positive or no negative
   */
  public static IsotonicCalibrator fit(double[] probabilities, double[] labels, double[] weights) {
    Observations rows = Observations.of(probabilities, labels, weights);
    PooledBlocks blocks =
        PooledBlocks.fit(rows.probabilities(), rows.labels(), rows.weightsOfMeanOne());
    return new IsotonicCalibrator(blocks.knots(), blocks.values());
  }

  /** How many knots there are: one or two for each pooled block. */
  public int knots() {
    return values.length;
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** The probability and the value of each knot in turn. */
  @Override
  public double[] parameters() {
    double[] parameters = new double[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      parameters[2 * i] = probabilities[i];
      parameters[2 * i + 1] = values[i];
    }
    return parameters;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException where it is outside of [0, 1] or NaN
   */
  @Override
  public double calibrate(double probability) {
    return PooledBlocks.interpolate(probabilities, values, LogOdds.check(probability));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IsotonicCalibrator that
        && Arrays.equals(probabilities, that.probabilities)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(probabilities) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "IsotonicCalibrator[" + values.length + " knots]";
  }
}
