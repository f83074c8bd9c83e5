package io.ranking4j.spi;

import java.util.Map;
import java.util.Optional;

/**
 * Maps a probability of a task to a better one. Immutable and safe to share; applied after the
 * model has undone downsampling and positive weights.
 */
public interface Calibrator {
  /** The id under which a model file names this kind of calibrator. */
  String typeId();

  /** What a {@link CalibratorProvider} needs to make an equal calibrator again; a copy. */
  double[] parameters();

  /** What the provider needs beside the {@link #parameters}, if that is not all; a copy. */
  default Map<String, String> properties() {
    return Map.of();
  }

  /**
   * The calibrated probability, of a row without a segment of its own where there are segments.
   *
   * @param probability in [0, 1]
   * @return in [0, 1]; must not decrease as the probability grows
   */
  double calibrate(double probability);

  /**
   * The categorical feature whose value decides which of the {@link #segments} a row goes through;
   * empty where all rows go through this calibrator.
   */
  default Optional<String> segmentFeature() {
    return Optional.empty();
  }

  /**
   * By value of the {@link #segmentFeature}, the calibrator of the rows that have it; rows with any
   * other value, or none, go through this one. Unmodifiable; calibrators without segments of their
   * own.
   */
  default Map<String, Calibrator> segments() {
    return Map.of();
  }
}
