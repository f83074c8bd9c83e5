package io.ranking4j.data;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.error.DataException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** Categories, from whole numbers, from floating-point numbers or from text. */
final class CategoryReader extends ColumnReader {
  /** What the database hands over. */
  enum From {
    WHOLE,
    FLOATING,
    TEXT
  }

  private final From from;
  private int[] values;
  private Codes codes = new Codes();

  CategoryReader(String name, int index, From from, int capacity) {
    super(name, index);
    this.from = from;
    this.values = new int[capacity];
  }

  @Override
  void read(ResultSet result, long row) throws SQLException {
    if (rows == values.length) {
      values = Arrays.copyOf(values, grown(rows, rows + 1));
    }
    values[rows++] =
        switch (from) {
          case WHOLE -> {
            long number = result.getLong(index);
            yield result.wasNull() ? CategoricalColumn.MISSING : codes.of(number);
          }
          case FLOATING -> {
            double number = result.getDouble(index);
            yield result.wasNull() ? CategoricalColumn.MISSING : code(number, row);
          }
          case TEXT -> {
            String text = result.getString(index);
            yield text == null ? CategoricalColumn.MISSING : codes.of(text);
          }
        };
  }

  private int code(double number, long row) {
    if (!Double.isFinite(number)) {
      throw new DataException(
          place(row) + ": expected a category (or none), but was the number " + number);
    }
    long whole = (long) number;
    return whole == number && whole != Long.MAX_VALUE
        ? codes.of(whole)
        : codes.of(Codes.text(number));
  }

  @Override
  Column take() {
    Column column = new CategoricalColumn(Arrays.copyOf(values, rows), codes.dictionary());
    codes = new Codes();
    rows = 0;
    return column;
  }
}
