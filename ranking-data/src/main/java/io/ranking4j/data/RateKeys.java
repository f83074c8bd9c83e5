package io.ranking4j.data;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.RateFeature;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of one rate feature, numbered as they are first seen. */
final class RateKeys {
  private static final int UNSEEN = -1;

  private final RateFeature feature;
  private final Map<String, Integer> idOf = new HashMap<>();

  RateKeys(RateFeature feature) {
    this.feature = feature;
  }

  /** How many keys were seen. */
  int size() {
    return idOf.size();
  }

  Map<String, Integer> ids() {
    return idOf;
  }

  /**
   * By row, the number of its key.
   *
   * @throws DataException where a column of the key holds neither categories nor numbers
   */
  int[] of(Dataset data) {
    List<Column> columns = feature.keys().stream().map(key -> keyColumn(data, key)).toList();
    int[] ids = new int[data.rows()];
    if (columns.size() == 1 && columns.get(0) instanceof CategoricalColumn single) {
      ofSingle(single, ids);
    } else {
      for (int row = 0; row < ids.length; row++) {
        ids[row] = ofRow(columns, row);
      }
    }
    return ids;
  }

  private Column keyColumn(Dataset data, String key) {
    Column column = data.column(key);
    if (column instanceof CategoricalColumn || column instanceof NumericColumn) {
      return column;
    }
    throw new DataException(
        "column '"
            + key
            + "', a key of rate feature '"
            + feature.name()
            + "', must hold categories or numbers, but holds "
            + column.holds()
            + (column instanceof ListColumn
                ? ": make a text of it in SQL, or one column an element"
                : ""));
  }

  /** One look-up a category and not one a row. */
  private void ofSingle(CategoricalColumn column, int[] ids) {
    int[] byCode = new int[column.dictionary().length + 1];
    Arrays.fill(byCode, UNSEEN);
    for (int row = 0; row < ids.length; row++) {
      int code = column.codes()[row];
      if (byCode[code + 1] == UNSEEN) {
        byCode[code + 1] = id(code < 0 ? "" : column.dictionary()[code]);
      }
      ids[row] = byCode[code + 1];
    }
  }

  private int ofRow(List<Column> columns, int row) {
    String[] parts = new String[columns.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(columns.get(i), row);
    }
    return id(RateTable.key(Arrays.asList(parts)));
  }

  private static String part(Column column, int row) {
    if (column instanceof CategoricalColumn categories) {
      String value = categories.get(row);
      return value == null ? "" : value;
    }
    NumericColumn numbers = (NumericColumn) column;
    return numbers.isMissing(row) ? "" : Codes.text(numbers.values()[row]);
  }

  private int id(String key) {
    return idOf.computeIfAbsent(key, unseen -> idOf.size());
  }
}
