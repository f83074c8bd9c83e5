package io.ranking4j.runtime.input;

import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.schema.MissingPolicy;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.Transform;

/** Encodes a number, as a number or as the row of its bucket's table. */
abstract class NumberCoder extends FeatureCoder {
  private final NumericFeature feature;
  private final int slot;

  private NumberCoder(NumericFeature feature, int number, int slot) {
    super(feature.name(), number);
    this.feature = feature;
    this.slot = slot;
  }

  /** The column of a numeric feature. */
  static NumericColumn column(NumericFeature feature, Dataset data) {
    Column column = data.column(feature.name());
    if (!(column instanceof NumericColumn numbers)) {
      throw wrongColumn(feature.name(), "numbers", column);
    }
    return numbers;
  }

  @Override
  final void encode(Dataset data, EncodedRows out, Place place) {
    NumericColumn column = column(feature, data);
    for (int row = 0; row < data.rows(); row++) {
      if (column.isMissing(row)) {
        encodeMissing(row, out, place);
      } else {
        present(column.values()[row], row, out, place);
      }
    }
  }

  @Override
  final void encode(RequestValues values, int row, EncodedRows out, Place place) {
    Object value = values.own()[slot];
    if (value == null) {
      encodeMissing(row, out, place);
    } else if (value instanceof Double number) {
      present(number, row, out, place);
    } else if (value instanceof Long number) {
      present(number.doubleValue(), row, out, place);
    } else {
      throw wrongValue(feature.name(), "a number", value, place, row);
    }
  }

  private void present(double value, int row, EncodedRows out, Place place) {
    write(finite(value, feature.name(), place, row), row, out, place);
  }

  @Override
  final void encodeMissing(int row, EncodedRows out, Place place) {
    countMissing(feature.missing(), row, out, place);
    if (feature.missing() instanceof MissingPolicy.DefaultNumber standard) {
      write(standard.value(), row, out, place);
    } else {
      writeMissing(row, out);
    }
  }

  abstract void write(double value, int row, EncodedRows out, Place place);

  abstract void writeMissing(int row, EncodedRows out);

  /** The part of a transform that needs no training data. */
  static double transform(Transform transform, double value) {
    return transform instanceof Transform.Log
        ? Math.copySign(Math.log1p(Math.abs(value)), value)
        : value;
  }

  /** As a number; a missing one is zero with a one beside it. */
  static final class Dense extends NumberCoder {
    private final Transform transform;
    private final Scale scale;
    private final int denseOffset;
    private final boolean indicator;

    Dense(NumericFeature feature, Scale scale, DenseField field, int number, int slot) {
      super(feature, number, slot);
      this.transform = feature.transform();
      this.scale = scale;
      this.denseOffset = field.denseOffset();
      this.indicator = field.width() == 2;
    }

    @Override
    void write(double value, int row, EncodedRows out, Place place) {
      int at = out.denseAt(row, denseOffset);
      out.dense()[at] = scale(scale, transform(transform, value), feature(), place, row);
      if (indicator) {
        out.dense()[at + 1] = 0;
      }
    }

    @Override
    void writeMissing(int row, EncodedRows out) {
      int at = out.denseAt(row, denseOffset);
      out.dense()[at] = 0;
      out.dense()[at + 1] = 1;
    }
  }

  /** As the row of its bucket. */
  static final class Bucketed extends NumberCoder {
    private final TableRows.Buckets buckets;
    private final int field;

    Bucketed(NumericFeature feature, TableRows.Buckets buckets, int field, int number, int slot) {
      super(feature, number, slot);
      this.buckets = buckets;
      this.field = field;
    }

    @Override
    void write(double value, int row, EncodedRows out, Place place) {
      out.ids(field)[row] = buckets.row(value);
    }

    @Override
    void writeMissing(int row, EncodedRows out) {
      out.ids(field)[row] = TableRows.MISSING;
    }
  }
}
