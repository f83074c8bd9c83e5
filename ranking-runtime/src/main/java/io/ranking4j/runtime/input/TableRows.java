package io.ranking4j.runtime.input;

import io.ranking4j.schema.Encoding;

/** How values become rows of one embedding table. Immutable and safe to share. */
sealed interface TableRows {
  /** The row of values that the training data did not have. */
  int UNKNOWN = 0;

  /** The row of missing values. */
  int MISSING = 1;

  /** How many rows there are, the reserved ones included. */
  int rows();

  /** Rows of categories. */
  sealed interface Categories extends TableRows {
    /** The row of a category. */
    int row(Utf8Key category);
  }

  /** One row for each known category, in the order of the index. */
  record Vocabulary(StringIndex index) implements Categories {
    @Override
    public int rows() {
      return Encoding.RESERVED_ROWS + index.size();
    }

    @Override
    public int row(Utf8Key category) {
      int found = index.find(category);
      return found < 0 ? UNKNOWN : Encoding.RESERVED_ROWS + found;
    }
  }

  /** Rows shared by hash. */
  record Hashed(int buckets) implements Categories {
    @Override
    public int rows() {
      return Math.addExact(Encoding.RESERVED_ROWS, buckets);
    }

    @Override
    public int row(Utf8Key category) {
      // The high half scaled to the buckets: as even as a remainder, and cheaper.
      return Encoding.RESERVED_ROWS + (int) (((category.hash() >>> 32) * buckets) >>> 32);
    }
  }

  /**
   * Rows of the buckets of a number. Stays inside the package: the array is not copied.
   *
   * @param boundaries strictly increasing; a number's bucket is how many are at or below it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Buckets(double[] boundaries) implements TableRows {
    @Override
    public int rows() {
      return Encoding.RESERVED_ROWS + boundaries.length + 1;
    }

    int row(double value) {
      int low = 0;
      int high = boundaries.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (boundaries[middle] <= value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return Encoding.RESERVED_ROWS + low;
    }
  }
}
