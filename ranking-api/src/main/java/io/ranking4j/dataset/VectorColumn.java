package io.ranking4j.dataset;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One vector a row, all of one width.
 *
 * @param values row after row
 * @param width the length of each vector, at least 1
 * @param missing the rows without a vector, or null where every row has one
 */
public record VectorColumn(float[] values, int width, @Nullable BitSet missing) implements Column {
  /** Refuses values that are not whole rows. */
  public VectorColumn {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(
          values.length + " values are not whole vectors of width " + width);
    }
  }

  @Override
  public int size() {
    return values.length / width;
  }

  @Override
  public String holds() {
    return "vectors of width " + width;
  }

  /** Whether a row has no vector. */
  public boolean isMissing(int row) {
    return missing != null && missing.get(row);
  }

  @Override
  public VectorColumn select(int[] rows) {
    float[] selected = new float[rows.length * width];
    BitSet selectedMissing = missing == null ? null : new BitSet(rows.length);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * width, selected, i * width, width);
      if (selectedMissing != null && isMissing(rows[i])) {
        selectedMissing.set(i);
      }
    }
    return new VectorColumn(selected, width, selectedMissing);
  }
}
