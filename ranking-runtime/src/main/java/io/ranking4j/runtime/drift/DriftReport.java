package io.ranking4j.runtime.drift;

import io.ranking4j.error.UnknownNameException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The features of some requests next to those of the training data. Immutable and safe to share.
 *
 * @param requests how many requests were looked at
 * @param features by feature of the model, in the order of its schema
 * @param alarms what is beyond the limits
 */
public record DriftReport(
    long requests, Map<String, FeatureDrift> features, List<DriftAlarm> alarms) {
  /** Copies both, in their order. */
  public DriftReport {
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    alarms = List.copyOf(alarms);
  }

  /**
   * A feature.
   *
   * @throws UnknownNameException where the model has none of that name
   */
  public FeatureDrift feature(String name) {
    FeatureDrift drift = features.get(name);
    if (drift == null) {
      throw new UnknownNameException("feature", name, features.keySet());
    }
    return drift;
  }
}
