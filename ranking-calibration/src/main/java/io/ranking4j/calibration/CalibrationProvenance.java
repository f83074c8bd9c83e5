package io.ranking4j.calibration;

import java.util.Optional;

/**
 * Where the rows for a calibrator come from, as far as it is known, so that nothing is corrected
 * twice. A model undoes the sampling and the weights of its training data itself; the calibrator
 * works on top of that, and so must be fitted to probabilities that are corrected once and not yet
 * calibrated, and to rows as often as they occur. Immutable and safe to share.
 *
 * @param trained how the training data of the model were sampled and weighted
 * @param undone what has been undone of it in the probabilities
 * @param calibratedBy the type id of the calibrator that the probabilities have been through, if
 *     any
 * @param negativeKeepRate the share of negatives that the calibrator's own rows kept, in (0, 1]
 * @param weightedBack whether the rows' weights make up for those that were not kept
 */
public record CalibrationProvenance(
    SamplingCorrection trained,
    SamplingCorrection undone,
    Optional<String> calibratedBy,
    double negativeKeepRate,
    boolean weightedBack) {
  /** Checks the rate. */
  public CalibrationProvenance {
    if (!(negativeKeepRate > 0 && negativeKeepRate <= 1)) {
      throw new IllegalArgumentException(
          "the keep rate of negatives must be in (0, 1], but was " + negativeKeepRate);
    }
  }

  /** Of probabilities that a model corrected for its training data, and of rows as they occur. */
  public static CalibrationProvenance ofModel(SamplingCorrection trained) {
    return new CalibrationProvenance(trained, trained, Optional.empty(), 1, false);
  }

  /**
   * Of the same probabilities, and of rows of which negatives were sampled.
   *
   * @param keepRate the share of negatives that was kept, in (0, 1]
   * @param back whether the rows' weights make up for it, as those of {@link #weights} do
   */
  public CalibrationProvenance sampledRows(double keepRate, boolean back) {
    return new CalibrationProvenance(trained, undone, calibratedBy, keepRate, back);
  }

  /** Of the same rows with probabilities that a calibrator has been applied to. */
  public CalibrationProvenance calibrated(String typeId) {
    return new CalibrationProvenance(
        trained, undone, Optional.of(typeId), negativeKeepRate, weightedBack);
  }

  /** Of the same rows with probabilities in which something else has been undone. */
  public CalibrationProvenance undone(SamplingCorrection correction) {
    return new CalibrationProvenance(
        trained, correction, calibratedBy, negativeKeepRate, weightedBack);
  }

  /**
   * Weights that make up for negatives that were not kept: one divided by the keep rate for each
   * negative. Right where every negative was kept at that rate; where a row was kept for the sake
   * of another task, its weight is 1.
   *
   * @param labels by row, 0 or 1
   * @throws IllegalArgumentException where a label is neither
   */
  public double[] weights(double[] labels) {
    double[] weights = new double[labels.length];
    for (int row = 0; row < weights.length; row++) {
      if (labels[row] != 0 && labels[row] != 1) {
        throw new IllegalArgumentException(
            "labels must be 0 or 1, but row " + row + " was " + labels[row]);
      }
      weights[row] = labels[row] == 1 ? 1 : 1 / negativeKeepRate;
    }
    return weights;
  }

  /**
   * Refuses what would correct twice or not at all.
   *
   * @throws IllegalStateException where the probabilities are already calibrated, were not
   *     corrected as the model's training data ask for, or are corrected while the rows are sampled
   *     and not weighted back
   */
  public void requireCorrectedOnce() {
    if (calibratedBy.isPresent()) {
      throw new IllegalStateException(
          "the probabilities have already been through a calibrator of type '"
              + calibratedBy.get()
              + "': fit to those of the model without it, since the new one takes its place");
    }
    if (!undone.equals(trained)) {
      throw new IllegalStateException(
          "the model was trained with %s, but %s was undone in the probabilities: the calibrator works"
                  .formatted(text(trained), text(undone))
              + " on top of the model's own correction, so it must be fitted to that");
    }
    if (negativeKeepRate < 1 && !weightedBack) {
      throw new IllegalStateException(
          "the probabilities are corrected for sampling, but the calibrator's rows keep only "
              + negativeKeepRate
              + " of the negatives: it would undo the correction; weight the negatives by "
              + 1 / negativeKeepRate
              + " or take rows that are not sampled");
    }
  }

  private static String text(SamplingCorrection correction) {
    return "a keep rate of %s and a positive weight of %s"
        .formatted(correction.keepRate(), correction.positiveWeight());
  }
}
