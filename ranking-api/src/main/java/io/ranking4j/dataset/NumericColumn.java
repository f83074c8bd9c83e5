package io.ranking4j.dataset;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One number a row. A missing number is marked as such; a NaN is not a missing number, and is
 * refused where the column is used.
 *
 * @param values by row; anything where the number is missing
 * @param missing the rows without a number, or null where every row has one
 */
public record NumericColumn(double[] values, @Nullable BitSet missing) implements Column {
  /** Numbers of which none is missing. */
  public static NumericColumn of(double... values) {
    return new NumericColumn(values, null);
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public String holds() {
    return "numbers";
  }

  /** Whether a row has no number. */
  public boolean isMissing(int row) {
    return missing != null && missing.get(row);
  }

  @Override
  public NumericColumn select(int[] rows) {
    double[] selected = new double[rows.length];
    BitSet selectedMissing = missing == null ? null : new BitSet(rows.length);
    for (int i = 0; i < rows.length; i++) {
      selected[i] = values[rows[i]];
      if (selectedMissing != null && isMissing(rows[i])) {
        selectedMissing.set(i);
      }
    }
    return new NumericColumn(selected, selectedMissing);
  }
}
