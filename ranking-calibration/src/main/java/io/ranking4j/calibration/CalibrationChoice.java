package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The calibrator that did best on rows it was not fitted to, and how the others did. Immutable and
 * safe to share.
 *
 * @param chosen the name of the best way, a key of {@code logLoss}
 * @param calibrator it, fitted to all rows
 * @param logLoss by way, its weighted mean log loss on held-out rows in nats; {@value
 *     Calibrators#NONE} is the probabilities as they are
 */
public record CalibrationChoice(String chosen, Calibrator calibrator, Map<String, Double> logLoss) {
  /** Copies the losses, in their order. */
  public CalibrationChoice {
    logLoss = Collections.unmodifiableMap(new LinkedHashMap<>(logLoss));
    if (!logLoss.containsKey(chosen)) {
      throw new IllegalArgumentException(
          "the chosen way must be one of " + logLoss.keySet() + ", but was '" + chosen + "'");
    }
  }
}
