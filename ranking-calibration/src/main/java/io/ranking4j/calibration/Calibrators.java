package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import java.util.Collections;
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
  private static final Map<String, CalibratorFit> WAYS = ways();

  private Calibrators() {}

  private static Map<String, CalibratorFit> ways() {
    Map<String, CalibratorFit> ways = new LinkedHashMap<>();
    ways.put(NONE, Calibrators::none);
    ways.put(TemperatureCalibrator.TYPE_ID, TemperatureCalibrator::fit);
    ways.put(PlattCalibrator.TYPE_ID, PlattCalibrator::fit);
    ways.put(BetaCalibrator.TYPE_ID, BetaCalibrator::fit);
    ways.put(IsotonicCalibrator.TYPE_ID, IsotonicCalibrator::fit);
    return Collections.unmodifiableMap(ways);
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
   * Chooses after making sure that nothing is corrected twice.
   *
   * @param provenance where probabilities and rows come from
   * @throws IllegalStateException where the provenance refuses
   * @see #best(double[], double[], double[], long)
   * @see CalibrationProvenance#requireCorrectedOnce
   */
  public static CalibrationChoice best(
      CalibrationProvenance provenance,
      double[] probabilities,
      double[] labels,
      double[] weights,
      long seed) {
    provenance.requireCorrectedOnce();
    return best(probabilities, labels, weights, seed);
  }

  /**
   * The ways that {@link #best} compares: none, temperature, Platt, beta and isotonic, the simplest
   * first; unmodifiable.
   */
  public static Map<String, CalibratorFit> standardWays() {
    return WAYS;
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
    return best(WAYS, probabilities, labels, weights, seed);
  }

  /**
   * Chooses among other ways, such as {@link #standardWays} and one's own.
   *
   * @param ways by name, the simplest first: a later one must be better, not as good. "{@value
   *     #NONE}" must be among them, since it is what the others are compared with
   * @throws IllegalArgumentException also where there is no way named "{@value #NONE}"
   * @see #best(double[], double[], double[], long)
   */
  public static CalibrationChoice best(
      Map<String, CalibratorFit> ways,
      double[] probabilities,
      double[] labels,
      double[] weights,
      long seed) {
    if (!ways.containsKey(NONE)) {
      throw new IllegalArgumentException(
          "the ways must have one named '" + NONE + "', but were " + ways.keySet());
    }
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
    Map<String, Double> areas = new LinkedHashMap<>();
    String chosen = NONE;
    CalibratorFit best = Calibrators::none;
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, CalibratorFit> way : ways.entrySet()) {
      HeldOut heldOut = heldOut(way.getValue(), rows, foldOf, folds);
      losses.put(way.getKey(), heldOut.logLoss());
      areas.put(way.getKey(), heldOut.auc());
      if (heldOut.logLoss() < least) {
        least = heldOut.logLoss();
        chosen = way.getKey();
        best = way.getValue();
      }
    }
    Calibrator calibrator = best.fit(rows.probabilities(), rows.labels(), rows.weights());
    return new CalibrationChoice(chosen, calibrator, losses, areas);
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

  private static HeldOut heldOut(CalibratorFit way, Observations rows, int[] foldOf, int folds) {
    double[] weights = rows.weightsOfMeanOne();
    double loss = 0;
    double auc = 0;
    for (int fold = 0; fold < folds; fold++) {
      // Held-out rows take part with weight 0, which every fit leaves out.
      double[] fitted = new double[rows.size()];
      int out = 0;
      for (int row = 0; row < fitted.length; row++) {
        fitted[row] = foldOf[row] == fold ? 0 : rows.weights()[row];
        out += foldOf[row] == fold ? 1 : 0;
      }
      Calibrator calibrator = way.fit(rows.probabilities(), rows.labels(), fitted);
      double[][] heldOut = new double[3][out];
      int at = 0;
      for (int row = 0; row < fitted.length; row++) {
        if (foldOf[row] == fold) {
          double p = calibrator.calibrate(rows.probabilities()[row]);
          loss -=
              weights[row]
                  * (rows.labels()[row] == 1 ? LogOdds.log(p) : LogOdds.logOfComplement(p));
          heldOut[0][at] = p;
          heldOut[1][at] = rows.labels()[row];
          heldOut[2][at++] = weights[row];
        }
      }
      auc += HeldOutAuc.of(heldOut[0], heldOut[1], heldOut[2]) / folds;
    }
    return new HeldOut(loss / rows.size(), auc);
  }

  /** What a way reaches on rows it was not fitted to: mean log loss, and mean AUC of the parts. */
  private record HeldOut(double logLoss, double auc) {}
}
