package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Dataset;
import java.util.Optional;

/** Learns what one feature needs from the training data, chunk by chunk. Used by one thread. */
abstract class FeatureFit {
  private final String feature;
  private long rows;
  private long missing;
  private long values;

  FeatureFit(String feature) {
    this.feature = feature;
  }

  final String feature() {
    return feature;
  }

  /** Takes the next rows. */
  abstract void accept(Dataset chunk, Place place);

  final void count(long moreRows, long moreMissing, long moreValues) {
    rows += moreRows;
    missing += moreMissing;
    values += moreValues;
  }

  /** How many values are unknown, once all rows were taken. */
  long unknown() {
    return 0;
  }

  final FeatureStatistics statistics() {
    return new FeatureStatistics(feature, rows, missing, values, unknown(), Optional.empty());
  }
}
