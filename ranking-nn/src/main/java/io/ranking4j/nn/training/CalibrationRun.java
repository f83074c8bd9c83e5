package io.ranking4j.nn.training;

import io.ranking4j.calibration.CalibrationChoice;
import io.ranking4j.runtime.RankingModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model with calibrators, and how they were chosen. Immutable and safe to share.
 *
 * @param model the model with its calibrators
 * @param choices by task, the way that was chosen over all rows and how the others did; tasks that
 *     were not calibrated are left out
 * @param warnings what to know before using it, in whole sentences
 */
public record CalibrationRun(
    RankingModel model, Map<String, CalibrationChoice> choices, List<String> warnings) {
  /** Copies choices and warnings, in their order. */
  public CalibrationRun {
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    warnings = List.copyOf(warnings);
  }
}
