package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Chooses among the calibrators of this module. */
public final class Calibrators {
  /** The name of leaving probabilities as they are. */
  public static final String NONE = "none";

  /** Into how many parts rows are split, each held out once. */
  public static final int DEFAULT_FOLDS = 5;

  /** The simplest first: a later one must be better, not as good. */
  private static final Map<String, Fit> WAYS = ways();

  private Calibrators() {}

  /** A way to make a calibrator from rows. */
  @FunctionalInterface
  private interface Fit {
    Calibrator fit(double[] probabilities, double[] labels, double[] weights);
  }

  private static Map<String, Fit> ways() {
    Map<String, Fit> ways = new LinkedHashMap<>();
    ways.put(NONE, Calibrators::none);
    ways.put(TemperatureCalibrator.TYPE_ID, TemperatureCalibrator::fit);
    ways.put(PlattCalibrator.TYPE_ID, PlattCalibrator::fit);
    ways.put(BetaCalibrator.TYPE_ID, BetaCalibrator::fit);
    ways.put(IsotonicCalibrator.TYPE_ID, IsotonicCalibrator::fit);
    return ways;
  }

  /** At temperature 1 log-odds stay what they are, whatever the rows. */
  private static Calibrator none(double[] probabilities, double[] labels, double[] weights) {
    return new TemperatureCalibrator(1);
  }

  /**
   * Chooses with every row counting once.
   *
   * @see #best(double[], double[], double[], long)
   */
  public static CalibrationChoice best(double[] probabilities, double[] labels, long seed) {
    return best(probabilities, labels, Observations.unitWeights(labels.length), seed);
  }

  /**
   * Chooses by cross-validated log loss among no calibration, temperature, Platt, beta and
   * isotonic, and fits the best to all rows. Rows are split at random into {@value #DEFAULT_FOLDS}
   * parts, or as many as there are positives or negatives if these are fewer, with each class
   * spread evenly. Rows must be independent of one another for this to be fair, and must not be
   * those that the model was trained on.
   *
   * @param probabilities by row, what is to be calibrated, in [0, 1]; like the others not kept
   * @param labels by row, 0 or 1
   * @param weights by row, how often the row counts, at least 0 and finite
   * @param seed of the split: the same seed and rows give the same choice
   * @throws IllegalArgumentException where lengths differ, a value is out of range (naming its
   *     row), or there are fewer than two positives or negatives
   */
  public static CalibrationChoice best(
      double[] probabilities, double[] labels, double[] weights, long seed) {
    Observations rows = Observations.of(probabilities, labels, weights);
    int positives = 0;
    for (double label : rows.labels()) {
      positives += label == 1 ? 1 : 0;
    }
    int rarer = Math.min(positives, rows.size() - positives);
    if (rarer < 2) {
      throw new IllegalArgumentException(
          "cross-validation needs at least 2 positives and 2 negatives of positive weight, but had "
              + positives
              + " and "
              + (rows.size() - positives));
    }
    int folds = Math.min(DEFAULT_FOLDS, rarer);
    int[] foldOf = split(rows.labels(), folds, seed);
    Map<String, Double> losses = new LinkedHashMap<>();
    String chosen = NONE;
    Fit best = Calibrators::none;
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, Fit> way : WAYS.entrySet()) {
      double loss = heldOutLoss(way.getValue(), rows, foldOf, folds);
      losses.put(way.getKey(), loss);
      if (loss < least) {
        least = loss;
        chosen = way.getKey();
        best = way.getValue();
      }
    }
    Calibrator calibrator = best.fit(rows.probabilities(), rows.labels(), rows.weights());
    return new CalibrationChoice(chosen, calibrator, losses);
  }

  /** Deals the rows of each class out in turn, in random order. */
  private static int[] split(double[] labels, int folds, long seed) {
    int[] order = new int[labels.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    Random random = new Random(seed);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    int[] foldOf = new int[labels.length];
    int positives = 0;
    int negatives = 0;
    for (int row : order) {
      foldOf[row] = (labels[row] == 1 ? positives++ : negatives++) % folds;
    }
    return foldOf;
  }

  private static double heldOutLoss(Fit way, Observations rows, int[] foldOf, int folds) {
    double[] weights = rows.weightsOfMeanOne();
    double loss = 0;
    for (int fold = 0; fold < folds; fold++) {
      // Held-out rows take part with weight 0, which every fit leaves out.
      double[] fitted = new double[rows.size()];
      for (int row = 0; row < fitted.length; row++) {
        fitted[row] = foldOf[row] == fold ? 0 : rows.weights()[row];
      }
      Calibrator calibrator = way.fit(rows.probabilities(), rows.labels(), fitted);
      for (int row = 0; row < fitted.length; row++) {
        if (foldOf[row] == fold) {
          double p = calibrator.calibrate(rows.probabilities()[row]);
          loss -=
              weights[row]
                  * (rows.labels()[row] == 1 ? LogOdds.log(p) : LogOdds.logOfComplement(p));
        }
      }
    }
    return loss / rows.size();
  }
}
