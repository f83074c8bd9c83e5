package io.ranking4j.data;

import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.error.DataException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Vectors, from a LIST or ARRAY of numbers. */
final class VectorReader extends ColumnReader {
  private final int width;
  private float[] values;
  private @Nullable BitSet missing;

  VectorReader(String name, int index, int width, int capacity) {
    super(name, index);
    this.width = width;
    this.values = new float[Math.multiplyExact(capacity, width)];
  }

  @Override
  void read(ResultSet result, long row) throws SQLException {
    int start = Math.multiplyExact(rows, width);
    if (start + width > values.length) {
      values = Arrays.copyOf(values, grown(values.length, start + width));
    }
    Array array = result.getArray(index);
    if (array == null) {
      if (missing == null) {
        missing = new BitSet();
      }
      missing.set(rows);
      Arrays.fill(values, start, start + width, 0);
    } else {
      copy((Object[]) array.getArray(), start, row);
    }
    rows++;
  }

  private void copy(@Nullable Object[] elements, int start, long row) {
    if (elements.length != width) {
      throw new DataException(
          place(row) + ": expected a vector of width " + width + ", but was " + elements.length);
    }
    for (int i = 0; i < width; i++) {
      if (!(elements[i] instanceof Number number) || !Float.isFinite(number.floatValue())) {
        throw new DataException(
            place(row) + ": element " + i + " must be a finite number, but was " + elements[i]);
      }
      values[start + i] = number.floatValue();
    }
  }

  @Override
  Column take() {
    Column column = new VectorColumn(Arrays.copyOf(values, rows * width), width, missing);
    missing = null;
    rows = 0;
    return column;
  }
}
