package io.ranking4j.runtime.input;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.MissingPolicy;

/** Encodes a category as the row of its table. */
final class CategoryCoder extends FeatureCoder {
  private final CategoricalFeature feature;
  private final TableRows.Categories table;
  private final int field;
  private final int slot;
  private final int missingRow;

  CategoryCoder(
      CategoricalFeature feature, TableRows.Categories table, int field, int number, int slot) {
    super(feature.name(), number);
    this.feature = feature;
    this.table = table;
    this.field = field;
    this.slot = slot;
    this.missingRow = missingRow(feature, table);
  }

  /** The row of a missing value; that of a refused one is never used. */
  static int missingRow(CategoricalFeature feature, TableRows.Categories table) {
    return feature.missing() instanceof MissingPolicy.DefaultCategory standard
        ? table.row(new Utf8Key().append(standard.value()))
        : TableRows.MISSING;
  }

  @Override
  void encode(Dataset data, EncodedRows out, Place place) {
    Column column = data.column(feature.name());
    int[] ids = out.ids(field);
    if (column instanceof CategoricalColumn categories) {
      DictionaryRows rows =
          new DictionaryRows(categories.dictionary(), data.rows(), table, out.key);
      int[] codes = categories.codes();
      for (int row = 0; row < codes.length; row++) {
        if (codes[row] == CategoricalColumn.MISSING) {
          encodeMissing(row, out, place);
        } else {
          ids[row] = rows.of(codes[row]);
        }
      }
    } else if (column instanceof NumericColumn numbers) {
      for (int row = 0; row < data.rows(); row++) {
        if (numbers.isMissing(row)) {
          encodeMissing(row, out, place);
        } else {
          ids[row] = row(numbers.values()[row], out.key, place, row);
        }
      }
    } else {
      throw wrongColumn(feature.name(), "categories or whole numbers", column);
    }
  }

  @Override
  void encode(RequestValues values, int row, EncodedRows out, Place place) {
    Object value = values.own()[slot];
    if (value == null) {
      encodeMissing(row, out, place);
    } else {
      out.ids(field)[row] = row(value, out.key, place, row);
    }
  }

  private int row(Object value, Utf8Key key, Place place, int row) {
    if (value instanceof String text) {
      return table.row(key.clear().append(text));
    } else if (value instanceof Long number) {
      return table.row(key.clear().append(number.longValue()));
    } else if (value instanceof Double number) {
      return row(number.doubleValue(), key, place, row);
    }
    throw wrongValue(feature.name(), "a category or a whole number", value, place, row);
  }

  private int row(double number, Utf8Key key, Place place, int row) {
    return table.row(key.clear().append(number, feature.name(), place, row));
  }

  @Override
  void encodeMissing(int row, EncodedRows out, Place place) {
    countMissing(feature.missing(), row, out, place);
    out.ids(field)[row] = missingRow;
  }
}
