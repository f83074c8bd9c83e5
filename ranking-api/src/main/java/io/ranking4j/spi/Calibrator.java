package io.ranking4j.spi;

/**
 * Maps a probability of a task to a better one. Immutable and safe to share; applied after the
 * model has undone downsampling and positive weights.
 */
public interface Calibrator {
  /** The id under which a model file names this kind of calibrator. */
  String typeId();

  /** What a {@link CalibratorProvider} needs to make an equal calibrator again; a copy. */
  double[] parameters();

  /**
   * The calibrated probability.
   *
   * @param probability in [0, 1]
   * @return in [0, 1]; must not decrease as the probability grows
   */
  double calibrate(double probability);
}
