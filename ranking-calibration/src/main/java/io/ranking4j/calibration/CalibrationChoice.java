package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calibrator that did best on rows it was not fitted to, and how the others did. Immutable and
 * safe to share.
 *
 * @param chosen the name of the best way, a key of {@code logLoss}
 * @param calibrator it, fitted to all rows
 * @param logLoss by way, its weighted mean log loss on held-out rows in nats; {@value
 *     Calibrators#NONE} is the probabilities as they are
 * @param auc by way, the area under the ROC curve on held-out rows, the mean over the parts; a
 *     strictly increasing calibrator leaves it as it is, one that makes ties moves it
 */
public record CalibrationChoice(
    String chosen, Calibrator calibrator, Map<String, Double> logLoss, Map<String, Double> auc) {
  /** The loss of AUC that a calibrator may cost without a warning. */
  public static final double MAX_AUC_LOSS = 0.001;

  /** Copies losses and areas, in their order. */
  public CalibrationChoice {
    logLoss = Collections.unmodifiableMap(new LinkedHashMap<>(logLoss));
    auc = Collections.unmodifiableMap(new LinkedHashMap<>(auc));
    if (!logLoss.containsKey(chosen)) {
      throw new IllegalArgumentException(
          "the chosen way must be one of " + logLoss.keySet() + ", but was '" + chosen + "'");
    }
    if (!auc.keySet().equals(logLoss.keySet())) {
      throw new IllegalArgumentException(
          "the areas must be of " + logLoss.keySet() + ", but were of " + auc.keySet());
    }
  }

  /** The area under the ROC curve of the probabilities as they are. */
  public double aucBefore() {
    return auc.getOrDefault(Calibrators.NONE, Double.NaN);
  }

  /** The area under the ROC curve of what the chosen way makes of them. */
  public double aucAfter() {
    return auc.getOrDefault(chosen, Double.NaN);
  }

  /** What the user should know of the calibrator before using it, in whole sentences. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (calibrator instanceof TemperatureCalibrator temperature) {
      switch (temperature.status()) {
        case AT_MAXIMUM ->
            warnings.add(
                "The temperature is at its bound %s: the probabilities say nothing of the labels."
                    .formatted(TemperatureCalibrator.MAX_TEMPERATURE));
        case AT_MINIMUM ->
            warnings.add(
                "The temperature is at its bound %s: the probabilities separate the labels."
                    .formatted(TemperatureCalibrator.MIN_TEMPERATURE));
        case WITHIN_BOUNDS -> {}
      }
    }
    if (aucBefore() - aucAfter() > MAX_AUC_LOSS) {
      warnings.add(
          "Calibration lowers the AUC of held-out rows from %.4f to %.4f: it makes ties."
              .formatted(aucBefore(), aucAfter()));
    }
    return List.copyOf(warnings);
  }
}
