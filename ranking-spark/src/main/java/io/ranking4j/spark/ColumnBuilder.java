package io.ranking4j.spark;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.error.DataException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import scala.collection.Iterator;
import scala.collection.Seq;

/** Collects a column of a batch from the values of rows, in order. Used by one thread, once. */
abstract class ColumnBuilder {
  /** Rows that have no value. */
  final BitSet missing = new BitSet();

  /** Notes that a row has no value. */
  void missing(int row) {
    missing.set(row);
  }

  /** Takes the value of a row, of the type that was checked before the job started. */
  abstract void set(int row, Object value);

  /** Makes the column. */
  abstract Column build();

  /** Codes of texts, in the order in which they come. */
  private static final class Dictionary {
    private final Map<String, Integer> codes = new HashMap<>();

    int code(String text) {
      Integer code = codes.putIfAbsent(text, codes.size());
      return code == null ? codes.size() - 1 : code;
    }

    String[] texts() {
      String[] texts = new String[codes.size()];
      codes.forEach((text, code) -> texts[code] = text);
      return texts;
    }
  }

  /** One text, or true or false, a row. */
  static final class Categories extends ColumnBuilder {
    private final Dictionary dictionary = new Dictionary();
    private final int[] codes;

    Categories(int rows) {
      codes = new int[rows];
    }

    @Override
    void missing(int row) {
      codes[row] = CategoricalColumn.MISSING;
    }

    @Override
    void set(int row, Object value) {
      codes[row] = dictionary.code(value.toString());
    }

    @Override
    Column build() {
      return new CategoricalColumn(codes, dictionary.texts());
    }
  }

  /** One number a row; true is 1 and false 0. */
  static final class Numbers extends ColumnBuilder {
    private final double[] values;

    Numbers(int rows) {
      values = new double[rows];
    }

    @Override
    void set(int row, Object value) {
      values[row] =
          value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
    }

    @Override
    Column build() {
      return new NumericColumn(values, missing.isEmpty() ? null : missing);
    }
  }

  /** One category a row that is a number of 64 bits, of which a double cannot hold each. */
  static final class LongCategories extends ColumnBuilder {
    private final long[] values;

    LongCategories(int rows) {
      values = new long[rows];
    }

    @Override
    void set(int row, Object value) {
      values[row] = (Long) value;
    }

    @Override
    Column build() {
      double[] numbers = new double[values.length];
      for (int row = 0; row < values.length; row++) {
        if (Math.abs(values[row]) > 1L << 53 || values[row] == Long.MIN_VALUE) {
          return texts();
        }
        numbers[row] = values[row];
      }
      return new NumericColumn(numbers, missing.isEmpty() ? null : missing);
    }

    private Column texts() {
      Categories texts = new Categories(values.length);
      for (int row = 0; row < values.length; row++) {
        if (missing.get(row)) {
          texts.missing(row);
        } else {
          texts.set(row, values[row]);
        }
      }
      return texts.build();
    }
  }

  /** A list of texts or whole numbers a row, without those that are null. */
  static final class Lists extends ColumnBuilder {
    private final Dictionary dictionary = new Dictionary();
    private final int[] offsets;
    private int[] codes = new int[64];

    Lists(int rows) {
      offsets = new int[rows + 1];
    }

    @Override
    void missing(int row) {
      offsets[row + 1] = offsets[row];
    }

    @Override
    void set(int row, Object value) {
      int at = offsets[row];
      for (Iterator<?> elements = ((Seq<?>) value).iterator(); elements.hasNext(); ) {
        Object element = elements.next();
        if (element != null) {
          if (at == codes.length) {
            codes = Arrays.copyOf(codes, Math.multiplyExact(2, codes.length));
          }
          codes[at++] = dictionary.code(element.toString());
        }
      }
      offsets[row + 1] = at;
    }

    @Override
    Column build() {
      return new ListColumn(
          offsets, Arrays.copyOf(codes, offsets[offsets.length - 1]), dictionary.texts());
    }
  }

  /** A vector a row. */
  static final class Vectors extends ColumnBuilder {
    private final String name;
    private final int width;
    private final float[] values;

    Vectors(String name, int rows, int width) {
      this.name = name;
      this.width = width;
      this.values = new float[Math.multiplyExact(rows, width)];
    }

    @Override
    void set(int row, Object value) {
      Seq<?> vector = (Seq<?>) value;
      if (vector.length() != width) {
        throw new DataException(
            "column '"
                + name
                + "' must have vectors of width "
                + width
                + ", but row "
                + row
                + " of its batch has "
                + vector.length());
      }
      int at = row * width;
      for (Iterator<?> elements = vector.iterator(); elements.hasNext(); ) {
        if (!(elements.next() instanceof Number number)) {
          throw new DataException(
              "a vector of column '" + name + "' has an element that is null, in row " + row);
        }
        values[at++] = number.floatValue();
      }
    }

    @Override
    Column build() {
      return new VectorColumn(values, width, missing.isEmpty() ? null : missing);
    }
  }
}
