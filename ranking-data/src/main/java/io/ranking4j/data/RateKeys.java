package io.ranking4j.data;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.RateFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys of one rate feature, numbered as they are first seen. */
final class RateKeys {
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

  /** By row, the numbers of its keys: one, or with a list among the columns one an element. */
  int[][] of(Dataset data) {
    List<Column> columns = new ArrayList<>();
    int lists = 0;
    for (String key : feature.keys()) {
      Column column = data.column(key);
      columns.add(column);
      lists += column instanceof ListColumn ? 1 : 0;
      if (!(column instanceof ListColumn
          || column instanceof CategoricalColumn
          || column instanceof NumericColumn)) {
        throw new DataException(
            "column '"
                + key
                + "', a key of rate feature '"
                + feature.name()
                + "', must hold categories or numbers, but holds "
                + column.holds());
      }
    }
    if (lists > 1) {
      throw new DataException(
          "of the keys "
              + feature.keys()
              + " of rate feature '"
              + feature.name()
              + "' at most one may hold lists, but "
              + lists
              + " do");
    }
    int[][] ids = new int[data.rows()][];
    if (columns.size() == 1 && columns.get(0) instanceof CategoricalColumn single) {
      ofSingle(single, ids);
    } else {
      for (int row = 0; row < ids.length; row++) {
        ids[row] = ofRow(columns, row);
      }
    }
    return ids;
  }

  /** One look-up a category and not one a row. */
  private void ofSingle(CategoricalColumn column, int[][] ids) {
    int[][] byCode = new int[column.dictionary().length + 1][];
    for (int row = 0; row < ids.length; row++) {
      int code = column.codes()[row];
      if (byCode[code + 1] == null) {
        byCode[code + 1] = new int[] {id(code < 0 ? "" : column.dictionary()[code])};
      }
      ids[row] = byCode[code + 1];
    }
  }

  private int[] ofRow(List<Column> columns, int row) {
    String[] parts = new String[columns.size()];
    int listAt = -1;
    for (int i = 0; i < parts.length; i++) {
      if (columns.get(i) instanceof ListColumn) {
        listAt = i;
        parts[i] = "";
      } else {
        parts[i] = part(columns.get(i), row);
      }
    }
    if (listAt < 0) {
      return new int[] {id(RateTable.key(Arrays.asList(parts)))};
    }
    List<String> elements =
        ((ListColumn) columns.get(listAt)).get(row).stream().distinct().toList();
    int[] ids = new int[elements.size()];
    for (int i = 0; i < ids.length; i++) {
      parts[listAt] = elements.get(i);
      ids[i] = id(RateTable.key(Arrays.asList(parts)));
    }
    return ids;
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
