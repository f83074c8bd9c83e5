package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.VectorFeature;
import java.util.Arrays;

/** Encodes a vector as it is; a missing one is zeros with a one behind them. */
final class VectorCoder extends FeatureCoder {
  private final VectorFeature feature;
  private final int denseOffset;
  private final boolean indicator;
  private final int slot;

  VectorCoder(VectorFeature feature, DenseField field, int number, int slot) {
    super(feature.name(), number);
    this.feature = feature;
    this.denseOffset = field.denseOffset();
    this.indicator = field.width() > feature.width();
    this.slot = slot;
  }

  /** The column of a vector feature. */
  static VectorColumn column(VectorFeature feature, Dataset data) {
    Column column = data.column(feature.name());
    if (!(column instanceof VectorColumn vectors) || vectors.width() != feature.width()) {
      throw wrongColumn(feature.name(), "vectors of width " + feature.width(), column);
    }
    return vectors;
  }

  @Override
  void encode(Dataset data, EncodedRows out, Place place) {
    VectorColumn column = column(feature, data);
    for (int row = 0; row < data.rows(); row++) {
      if (column.isMissing(row)) {
        encodeMissing(row, out, place);
      } else {
        write(column.values(), row * feature.width(), row, out, place);
      }
    }
  }

  @Override
  void encode(RequestValues values, int row, EncodedRows out, Place place) {
    Object value = values.own()[slot];
    if (value == null) {
      encodeMissing(row, out, place);
    } else if (value instanceof float[] vector) {
      if (vector.length != feature.width()) {
        throw new DataException(
            "feature '"
                + feature.name()
                + "' must be a vector of width "
                + feature.width()
                + ", but was of width "
                + vector.length
                + " in "
                + place.of(row));
      }
      write(vector, 0, row, out, place);
    } else {
      throw wrongValue(feature.name(), "a vector", value, place, row);
    }
  }

  private void write(float[] source, int from, int row, EncodedRows out, Place place) {
    int at = out.denseAt(row, denseOffset);
    float[] target = out.dense();
    for (int i = 0; i < feature.width(); i++) {
      target[at + i] = (float) finite(source[from + i], feature.name(), place, row);
    }
    if (indicator) {
      target[at + feature.width()] = 0;
    }
  }

  @Override
  void encodeMissing(int row, EncodedRows out, Place place) {
    countMissing(feature.missing(), row, out, place);
    int at = out.denseAt(row, denseOffset);
    Arrays.fill(out.dense(), at, at + feature.width(), 0);
    out.dense()[at + feature.width()] = 1;
  }
}
