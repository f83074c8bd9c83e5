package io.ranking4j.data;

import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.ListColumn;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lists of categories, from a LIST or from text with a delimiter. */
final class ListReader extends ColumnReader {
  private final boolean text;
  private final char delimiter;
  private int[] offsets;
  private int[] values;
  private int size;
  private Codes codes = new Codes();

  ListReader(String name, int index, boolean text, char delimiter, int capacity) {
    super(name, index);
    this.text = text;
    this.delimiter = delimiter;
    this.offsets = new int[capacity + 1];
    this.values = new int[capacity];
  }

  @Override
  void read(ResultSet result, long row) throws SQLException {
    if (text) {
      split(result.getString(index));
    } else {
      Array array = result.getArray(index);
      if (array != null) {
        for (@Nullable Object element : (Object[]) array.getArray()) {
          add(element);
        }
      }
    }
    rows++;
    if (rows == offsets.length) {
      offsets = Arrays.copyOf(offsets, grown(rows, rows + 1));
    }
    offsets[rows] = size;
  }

  private void split(@Nullable String list) {
    if (list == null) {
      return;
    }
    int start = 0;
    while (start <= list.length()) {
      int end = list.indexOf(delimiter, start);
      if (end < 0) {
        end = list.length();
      }
      String element = list.substring(start, end).strip();
      if (!element.isEmpty()) {
        add(codes.of(element));
      }
      start = end + 1;
    }
  }

  private void add(@Nullable Object element) {
    if (element instanceof Long || element instanceof Integer || element instanceof Short) {
      add(codes.of(((Number) element).longValue()));
    } else if (element instanceof Double || element instanceof Float) {
      add(codes.of(Codes.text(((Number) element).doubleValue())));
    } else if (element != null) {
      add(codes.of(element.toString()));
    }
  }

  private void add(int code) {
    if (size == values.length) {
      values = Arrays.copyOf(values, grown(size, size + 1));
    }
    values[size++] = code;
  }

  @Override
  Column take() {
    Column column =
        new ListColumn(
            Arrays.copyOf(offsets, rows + 1), Arrays.copyOf(values, size), codes.dictionary());
    codes = new Codes();
    rows = 0;
    size = 0;
    return column;
  }
}
