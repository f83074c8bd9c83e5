package io.ranking4j.data;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.VectorColumn;
import java.util.Arrays;

/** The value of one row as text, whatever it is coded by. */
final class RowText {
  private RowText() {}

  static String of(Column column, int row) {
    if (column instanceof CategoricalColumn c) {
      String value = c.get(row);
      return value == null ? "-" : value;
    }
    if (column instanceof NumericColumn n) {
      return n.isMissing(row) ? "-" : String.valueOf(n.values()[row]);
    }
    if (column instanceof ListColumn l) {
      return l.get(row).toString();
    }
    if (column instanceof RateColumn r) {
      return r.positives()[row] + "/" + r.impressions()[row] + "/" + r.overallRate()[row];
    }
    VectorColumn v = (VectorColumn) column;
    float[] values = Arrays.copyOfRange(v.values(), row * v.width(), (row + 1) * v.width());
    return v.isMissing(row) ? "-" : Arrays.toString(values);
  }
}
