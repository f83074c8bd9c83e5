package io.ranking4j.runtime.input;

import java.util.Optional;

/**
 * What a feature was like in the training data; to be compared with what it is like in serving.
 *
 * @param feature its name
 * @param rows the rows of the training data
 * @param missing rows without a value
 * @param values values that were read: one a row that has one, or as many as its list has
 * @param unknown values without a row of the table of their own; for a rate, rows whose key had no
 *     earlier impressions
 * @param bins how the values were spread; empty for a vector, and in models of versions that did
 *     not count it
 */
public record FeatureStatistics(
    String feature, long rows, long missing, long values, long unknown, Optional<ValueBins> bins) {
  /** The share of rows without a value. */
  public double missingRate() {
    return rows == 0 ? 0 : (double) missing / rows;
  }

  /** The share of values that are unknown. */
  public double unknownRate() {
    return values == 0 ? 0 : (double) unknown / values;
  }

  FeatureStatistics with(Optional<ValueBins> spread) {
    return new FeatureStatistics(feature, rows, missing, values, unknown, spread);
  }
}
