package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.MissingPolicy;
import java.util.List;

/**
 * Encodes one feature, of a data set or of a request: both ways read their values differently and
 * then go through the same methods. Immutable and safe to share.
 */
abstract class FeatureCoder {
  private final String feature;

  FeatureCoder(String feature) {
    this.feature = feature;
  }

  final String feature() {
    return feature;
  }

  /** Encodes all rows of a data set. */
  abstract void encode(Dataset data, EncodedRows out, Place place);

  /** Encodes one row of a request. */
  abstract void encode(RequestValues values, int row, EncodedRows out, Place place);

  /** What to throw where a column holds what the feature cannot read. */
  static DataException wrongColumn(String feature, String needed, Column column) {
    return new DataException(
        "feature '"
            + feature
            + "' needs a column of "
            + needed
            + ", but it holds "
            + column.holds());
  }

  /** What to throw where a request has a value that the feature cannot read. */
  static DataException wrongValue(
      String feature, String needed, Object value, Place place, int row) {
    return new DataException(
        "feature '"
            + feature
            + "' must be "
            + needed
            + ", but was a "
            + kind(value)
            + " in "
            + place.of(row));
  }

  private static String kind(Object value) {
    if (value instanceof String) {
      return "string";
    } else if (value instanceof Number) {
      return "number";
    }
    return value instanceof List ? "list" : "vector";
  }

  /** Refuses a missing value where the policy says so. */
  static void checkMissing(MissingPolicy policy, String feature, Place place, int row) {
    if (policy instanceof MissingPolicy.Refuse) {
      throw new DataException(
          "feature '" + feature + "' is required, but is missing in " + place.of(row));
    }
  }

  /** Refuses NaN and infinities. */
  static double finite(double value, String feature, Place place, int row) {
    if (!Double.isFinite(value)) {
      throw new DataException(
          "feature '" + feature + "' must be finite, but was " + value + " in " + place.of(row));
    }
    return value;
  }

  /** A scaled value, which must still be finite. */
  static float scale(Scale scale, double value, String feature, Place place, int row) {
    float scaled = scale.apply(value);
    if (!Float.isFinite(scaled)) {
      throw new DataException(
          "feature '"
              + feature
              + "' is beyond the range of a float once scaled: "
              + value
              + " in "
              + place.of(row));
    }
    return scaled;
  }
}
