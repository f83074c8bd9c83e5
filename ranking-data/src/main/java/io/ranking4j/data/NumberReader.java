package io.ranking4j.data;

import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Numbers, from a numeric SQL type or from text. */
final class NumberReader extends ColumnReader {
  private final ColumnKind.Range[] ranges;
  private final boolean text;
  private double[] values;
  private @Nullable BitSet missing;

  NumberReader(String name, int index, ColumnKind.Numeric kind, boolean text, int capacity) {
    super(name, index);
    this.ranges = kind.ranges().toArray(new ColumnKind.Range[0]);
    this.text = text;
    this.values = new double[capacity];
  }

  @Override
  void read(ResultSet result, long row) throws SQLException {
    double value = text ? parsed(result.getString(index), row) : result.getDouble(index);
    if (rows == values.length) {
      values = Arrays.copyOf(values, grown(rows, rows + 1));
    }
    if (result.wasNull()) {
      if (missing == null) {
        missing = new BitSet(values.length);
      }
      missing.set(rows);
    } else {
      check(value, row);
    }
    values[rows++] = value;
  }

  private double parsed(@Nullable String spelled, long row) {
    if (spelled == null) {
      return 0;
    }
    String stripped = spelled.strip();
    // Java would take the suffixes of its own literals, "1d" and "1f", for numbers.
    if (stripped.endsWith("d") || stripped.endsWith("f")) {
      throw noNumber(spelled, row, null);
    }
    try {
      return Double.parseDouble(stripped);
    } catch (NumberFormatException e) {
      throw noNumber(spelled, row, e);
    }
  }

  private DataException noNumber(String spelled, long row, @Nullable Exception cause) {
    return new DataException(place(row) + ": expected a number, but was '" + spelled + "'", cause);
  }

  private void check(double value, long row) {
    if (!Double.isFinite(value)) {
      throw new DataException(
          place(row) + ": expected a finite number (or none), but was " + value);
    }
    for (ColumnKind.Range range : ranges) {
      if (!range.accepts().test(value)) {
        throw new DataException(
            place(row) + ": expected " + range.text() + ", but was " + Codes.text(value));
      }
    }
  }

  @Override
  Column take() {
    Column column = new NumericColumn(Arrays.copyOf(values, rows), missing);
    missing = null;
    rows = 0;
    return column;
  }
}
