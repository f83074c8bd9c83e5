package io.ranking4j.calibration;

import java.util.Arrays;

/**
 * Predictions with what came of them, checked; rows of weight 0 are left out. The arrays are not
 * written to.
 */
final class Observations {
  private final double[] probabilities;
  private final double[] labels;
  private final double[] weights;

  private Observations(double[] probabilities, double[] labels, double[] weights) {
    this.probabilities = probabilities;
    this.labels = labels;
    this.weights = weights;
  }

  /**
   * Checks what a calibrator is fitted to.
   *
   * @throws IllegalArgumentException naming the first row that is wrong, or the class that is
   *     missing
   */
  static Observations of(double[] probabilities, double[] labels, double[] weights) {
    sameLength("labels", labels.length, probabilities.length);
    sameLength("weights", weights.length, probabilities.length);
    int weighted = 0;
    boolean positive = false;
    boolean negative = false;
    for (int row = 0; row < labels.length; row++) {
      double p = probabilities[row];
      if (!(p >= 0 && p <= 1)) {
        throw wrong("probabilities must be in [0, 1]", row, p);
      }
      double label = labels[row];
      if (label != 0 && label != 1) {
        throw wrong("labels must be 0 or 1", row, label);
      }
      double weight = weights[row];
      if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
        throw wrong("weights must be finite and at least 0", row, weight);
      }
      if (weight > 0) {
        weighted++;
        positive |= label == 1;
        negative |= label == 0;
      }
    }
    if (!positive || !negative) {
      throw new IllegalArgumentException(
          "calibration needs positives and negatives, but the "
              + weighted
              + " rows of positive weight have no "
              + (positive ? "negative" : "positive"));
    }
    return weighted == labels.length
        ? new Observations(probabilities, labels, weights)
        : withoutWeightless(probabilities, labels, weights, weighted);
  }

  /** A weight of 1 for each of so many rows. */
  static double[] unitWeights(int rows) {
    double[] weights = new double[rows];
    Arrays.fill(weights, 1);
    return weights;
  }

  private static Observations withoutWeightless(
      double[] probabilities, double[] labels, double[] weights, int weighted) {
    double[][] kept = new double[3][weighted];
    int at = 0;
    for (int row = 0; row < labels.length; row++) {
      if (weights[row] > 0) {
        kept[0][at] = probabilities[row];
        kept[1][at] = labels[row];
        kept[2][at] = weights[row];
        at++;
      }
    }
    return new Observations(kept[0], kept[1], kept[2]);
  }

  /** By row, in [0, 1]. */
  double[] probabilities() {
    return probabilities;
  }

  /** By row, 0 or 1. */
  double[] labels() {
    return labels;
  }

  /** By row, above 0 and finite. */
  double[] weights() {
    return weights;
  }

  /** How many rows there are. */
  int size() {
    return labels.length;
  }

  /** Their weights, scaled to a mean of 1. */
  double[] weightsOfMeanOne() {
    double largest = 0;
    for (double weight : weights) {
      largest = Math.max(largest, weight);
    }
    double sum = 0;
    for (double weight : weights) {
      sum += weight / largest;
    }
    double[] scaled = new double[weights.length];
    for (int row = 0; row < scaled.length; row++) {
      scaled[row] = weights[row] / largest * (weights.length / sum);
    }
    return scaled;
  }

  /** The log-odds of the probabilities, bounded. */
  double[] logOdds() {
    double[] z = new double[probabilities.length];
    for (int row = 0; row < z.length; row++) {
      z[row] = LogOdds.of(probabilities[row]);
    }
    return z;
  }

  private static void sameLength(String name, int length, int rows) {
    if (length != rows) {
      throw new IllegalArgumentException(
          name + " must have as many rows as probabilities, " + rows + ", but had " + length);
    }
  }

  private static IllegalArgumentException wrong(String rule, int row, double value) {
    return new IllegalArgumentException(rule + ", but row " + row + " was " + value);
  }
}
