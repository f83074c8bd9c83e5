package io.ranking4j.runtime.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A feature in serving next to the same in training. Immutable and safe to share.
 *
 * @param feature its name
 * @param rows rows that were looked at: one a request where it is of the context, else one a
 *     candidate
 * @param values values that they had
 * @param missingRate the share of rows without a value; NaN where there were none
 * @param trainedMissingRate the same in training
 * @param unknownRate the share of values that are unknown; NaN where there were none
 * @param trainedUnknownRate the same in training
 * @param stabilityIndex the population stability index of the values ({@link
 *     io.ranking4j.runtime.input.ValueBins#stabilityIndex}); NaN where there is none
 * @param whyNoIndex why there is none; empty where there is one
 */
public record FeatureDrift(
    String feature,
    long rows,
    long values,
    double missingRate,
    double trainedMissingRate,
    double unknownRate,
    double trainedUnknownRate,
    double stabilityIndex,
    Optional<String> whyNoIndex) {

  /** What of it is beyond the limits. */
  List<DriftAlarm> alarms(DriftOptions options) {
    List<DriftAlarm> alarms = new ArrayList<>();
    if (rows >= options.minimumValues()) {
      check(
          DriftAlarm.Measure.MISSING_RATE,
          missingRate,
          trainedMissingRate + options.missingRise(),
          alarms);
    }
    if (values >= options.minimumValues()) {
      check(
          DriftAlarm.Measure.UNKNOWN_RATE,
          unknownRate,
          trainedUnknownRate + options.unknownRise(),
          alarms);
      check(DriftAlarm.Measure.STABILITY_INDEX, stabilityIndex, options.stabilityIndex(), alarms);
    }
    return alarms;
  }

  private void check(
      DriftAlarm.Measure measure, double actual, double limit, List<DriftAlarm> alarms) {
    if (actual > limit) {
      alarms.add(new DriftAlarm(feature, measure, limit, actual));
    }
  }
}
