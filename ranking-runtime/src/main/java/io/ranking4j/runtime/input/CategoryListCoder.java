package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.Pooling;
import java.util.List;

/**
 * Encodes a list of categories as rows of their table. An empty list is a missing value, because a
 * column cannot tell them apart: it is the one row that the missing policy says. A list that is
 * pooled by its likeness to another feature stays empty unless the policy says a category.
 */
final class CategoryListCoder extends FeatureCoder {
  private final CategoricalFeature feature;
  private final TableRows.Categories table;
  private final int field;
  private final int slot;
  private final int missingRow;
  private final boolean staysEmpty;

  CategoryListCoder(
      CategoricalFeature feature, TableRows.Categories table, int field, int number, int slot) {
    super(feature.name(), number);
    this.feature = feature;
    this.table = table;
    this.field = field;
    this.slot = slot;
    this.missingRow = CategoryCoder.missingRow(feature, table);
    this.staysEmpty =
        feature.pooling().orElse(null) instanceof Pooling.Attention
            && !(feature.missing() instanceof MissingPolicy.DefaultCategory);
  }

  @Override
  void encode(Dataset data, EncodedRows out, Place place) {
    Column column = data.column(feature.name());
    if (!(column instanceof ListColumn lists)) {
      throw wrongColumn(feature.name(), "lists of categories", column);
    }
    int[] offsets = lists.offsets();
    DictionaryRows rows =
        new DictionaryRows(lists.dictionary(), offsets[data.rows()] - offsets[0], table, out.key);
    for (int row = 0; row < data.rows(); row++) {
      int count = Math.min(offsets[row + 1] - offsets[row], feature.maxValues());
      start(count, row, out, place);
      for (int i = 0; i < count; i++) {
        out.add(field, row, rows.of(lists.codes()[offsets[row] + i]));
      }
    }
  }

  @Override
  void encode(RequestValues values, int row, EncodedRows out, Place place) {
    Object value = values.own()[slot];
    if (value == null) {
      encodeMissing(row, out, place);
    } else if (value instanceof List<?> list) {
      int count = Math.min(list.size(), feature.maxValues());
      start(count, row, out, place);
      for (int i = 0; i < count; i++) {
        out.add(field, row, table.row(out.key.clear().append((String) list.get(i))));
      }
    } else {
      throw wrongValue(feature.name(), "a list of categories", value, place, row);
    }
  }

  private void start(int count, int row, EncodedRows out, Place place) {
    if (count == 0) {
      encodeMissing(row, out, place);
    } else {
      out.startList(field, row);
    }
  }

  @Override
  void encodeMissing(int row, EncodedRows out, Place place) {
    countMissing(feature.missing(), row, out, place);
    out.startList(field, row);
    if (!staysEmpty) {
      out.add(field, row, missingRow);
    }
  }
}
