package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.MissingPolicy;
import java.util.List;
import java.util.Set;

/**
 * Encodes one feature, of a data set or of a request: both ways read their values differently and
 * then go through the same methods. Immutable and safe to share.
 */
abstract class FeatureCoder {
  private final String feature;

  /** The feature's place among those of the schema. */
  private final int number;

  FeatureCoder(String feature, int number) {
    this.feature = feature;
    this.number = number;
  }

  final String feature() {
    return feature;
  }

  final int number() {
    return number;
  }

  /** Encodes all rows of a data set. */
  abstract void encode(Dataset data, EncodedRows out, Place place);

  /** Encodes one row of a request. */
  abstract void encode(RequestValues values, int row, EncodedRows out, Place place);

  /** Encodes one row that has no value: what both ways above do where they find none. */
  abstract void encodeMissing(int row, EncodedRows out, Place place);

  /**
   * The same coder where no row has its value.
   *
   * @param names of the values that are lost
   */
  FeatureCoder without(Set<String> names) {
    FeatureCoder coder = this;
    return new FeatureCoder(feature, number) {
      @Override
      void encode(Dataset data, EncodedRows out, Place place) {
        for (int row = 0; row < data.rows(); row++) {
          coder.encodeMissing(row, out, place);
        }
      }

      @Override
      void encode(RequestValues values, int row, EncodedRows out, Place place) {
        coder.encodeMissing(row, out, place);
      }

      @Override
      void encodeMissing(int row, EncodedRows out, Place place) {
        coder.encodeMissing(row, out, place);
      }
    };
  }

  /** A row has no value: refuses it where the policy says so, and counts it. */
  final void countMissing(MissingPolicy policy, int row, EncodedRows out, Place place) {
    checkMissing(policy, feature, place, row);
    out.countMissing(number);
  }

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
