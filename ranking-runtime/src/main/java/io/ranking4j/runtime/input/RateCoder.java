package io.ranking4j.runtime.input;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.RateFeature;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a rate: the log-odds of the smoothed rate and the logarithm of the impressions, both
 * standardised. The counts come from a column, or from the counts by key at the end of the training
 * data.
 */
final class RateCoder extends FeatureCoder {
  private static final boolean[] NONE = {};

  private final RateFeature feature;
  private final RateCounts counts;
  private final Scale logOdds;
  private final Scale impressions;
  private final int denseOffset;
  private final String[] keys;
  private final int[] slots;
  private final boolean[] either;

  /** By key, whether its values are lost; empty where none is. */
  private final boolean[] lost;

  /**
   * @param slots by key, its place among the names of the feature's own side, or -1 where it is of
   *     the context
   * @param either by key, whether the context has it where its own side has not
   */
  RateCoder(
      RateFeature feature,
      RateCounts counts,
      Scale logOdds,
      Scale impressions,
      DenseField field,
      int number,
      int[] slots,
      boolean[] either) {
    this(feature, counts, logOdds, impressions, field.denseOffset(), number, slots, either, NONE);
  }

  private RateCoder(
      RateFeature feature,
      RateCounts counts,
      Scale logOdds,
      Scale impressions,
      int denseOffset,
      int number,
      int[] slots,
      boolean[] either,
      boolean[] lost) {
    super(feature.name(), number);
    this.feature = feature;
    this.counts = counts;
    this.logOdds = logOdds;
    this.impressions = impressions;
    this.denseOffset = denseOffset;
    this.keys = feature.keys().toArray(String[]::new);
    this.slots = slots;
    this.either = either;
    this.lost = lost;
  }

  /**
   * The counts of a row's own column are not those of the keys that are left: they are not read.
   */
  @Override
  RateCoder without(Set<String> names) {
    boolean[] parts = new boolean[keys.length];
    for (int i = 0; i < keys.length; i++) {
      parts[i] = names.contains(keys[i]) || names.contains(feature.name());
    }
    return new RateCoder(
        feature, counts, logOdds, impressions, denseOffset, number(), slots, either, parts);
  }

  private boolean lost(int part) {
    return lost.length > 0 && lost[part];
  }

  @Override
  void encode(Dataset data, EncodedRows out, Place place) {
    if (lost.length == 0 && data.has(feature.name())) {
      RateColumn column = column(feature, data);
      for (int row = 0; row < data.rows(); row++) {
        check(feature, column, row, place);
        write(
            column.positives()[row],
            column.impressions()[row],
            column.overallRate()[row],
            row,
            out,
            place);
      }
      return;
    }
    @Nullable Column[] columns = new @Nullable Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      boolean unread = lost(i) || (lost.length > 0 && !data.has(keys[i]));
      columns[i] = unread ? null : data.column(keys[i]);
    }
    for (int row = 0; row < data.rows(); row++) {
      out.key.clear();
      for (int i = 0; i < keys.length; i++) {
        separate(i, out.key);
        Column column = columns[i];
        if (column != null) {
          append(column, i, row, out.key, place);
        }
      }
      lookUp(row, out, place);
    }
  }

  @Override
  void encode(RequestValues values, int row, EncodedRows out, Place place) {
    out.key.clear();
    for (int i = 0; i < keys.length; i++) {
      separate(i, out.key);
      Object value = slots[i] < 0 || lost(i) ? null : values.own()[slots[i]];
      if (value == null && either[i] && !lost(i)) {
        value = values.context().get(keys[i]);
      }
      append(value, i, row, out.key, place);
    }
    lookUp(row, out, place);
  }

  @Override
  void encodeMissing(int row, EncodedRows out, Place place) {
    out.key.clear();
    for (int i = 0; i < keys.length; i++) {
      separate(i, out.key);
    }
    lookUp(row, out, place);
  }

  private static void separate(int part, Utf8Key key) {
    if (part > 0) {
      key.append(RateTable.KEY_SEPARATOR);
    }
  }

  private void append(Column column, int part, int row, Utf8Key key, Place place) {
    if (column instanceof CategoricalColumn categories) {
      int code = categories.codes()[row];
      if (code != CategoricalColumn.MISSING) {
        key.append(categories.dictionary()[code]);
      }
    } else if (column instanceof NumericColumn numbers) {
      if (!numbers.isMissing(row)) {
        key.append(numbers.values()[row], keys[part], place, row);
      }
    } else {
      throw new DataException(
          "column '"
              + keys[part]
              + "' is a key of rate feature '"
              + feature.name()
              + "' and must hold categories or whole numbers, but holds "
              + column.holds());
    }
  }

  private void append(@Nullable Object value, int part, int row, Utf8Key key, Place place) {
    if (value instanceof String text) {
      key.append(text);
    } else if (value instanceof Long number) {
      key.append(number.longValue());
    } else if (value instanceof Double number) {
      key.append(number, keys[part], place, row);
    } else if (value != null) {
      throw wrongValue(keys[part], "the key of a rate", value, place, row);
    }
  }

  private void lookUp(int row, EncodedRows out, Place place) {
    int found = counts.keys().find(out.key);
    double positives = found < 0 ? 0 : counts.counts()[2 * found];
    double shown = found < 0 ? 0 : counts.counts()[2 * found + 1];
    write(positives, shown, counts.overallRate(), row, out, place);
  }

  private void write(
      double positives, double shown, double overall, int row, EncodedRows out, Place place) {
    int at = out.denseAt(row, denseOffset);
    double odds = logOdds(feature, positives, shown, overall);
    out.dense()[at] = scale(logOdds, odds, feature.name(), place, row);
    out.dense()[at + 1] = scale(impressions, Math.log1p(shown), feature.name(), place, row);
  }

  /** The log-odds of the smoothed rate, from its odds, so that rates near 1 lose nothing. */
  static double logOdds(RateFeature feature, double positives, double impressions, double overall) {
    double strength = feature.priorStrength();
    return Math.log(positives + strength * overall)
        - Math.log(impressions - positives + strength * (1 - overall));
  }

  /** The column of counts of a rate. */
  static RateColumn column(RateFeature feature, Dataset data) {
    Column column = data.column(feature.name());
    if (!(column instanceof RateColumn rates)) {
      throw wrongColumn(feature.name(), "counts of a rate", column);
    }
    return rates;
  }

  /** Refuses impossible counts. */
  static void check(RateFeature feature, RateColumn column, int row, Place place) {
    double positives = column.positives()[row];
    double impressions = column.impressions()[row];
    double overall = column.overallRate()[row];
    if (!(positives >= 0 && positives <= impressions && impressions < Double.POSITIVE_INFINITY)) {
      throw new DataException(
          "counts of rate feature '"
              + feature.name()
              + "' must satisfy 0 <= positives <= impressions, but were "
              + positives
              + " and "
              + impressions
              + " in "
              + place.of(row));
    }
    if (!(overall > 0 && overall < 1)) {
      throw new DataException(
          "the overall rate of rate feature '"
              + feature.name()
              + "' must be in (0, 1), but was "
              + overall
              + " in "
              + place.of(row));
    }
  }
}
