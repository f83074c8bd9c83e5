package io.ranking4j.schema;

/** How the values of a categorical feature become rows of an embedding table. */
public sealed interface Encoding {
  /** Rows of the table that no known value uses: 0 for unknown values, 1 for missing ones. */
  int RESERVED_ROWS = 2;

  /**
   * One row for each value seen at least {@code minCount} times in training; all others share row
   * 0.
   *
   * @param minCount occurrences that earn a row, at least 1
   * @param maxSize most rows beside the reserved ones; the most frequent values win, ties by value
   */
  record Vocabulary(int minCount, int maxSize) implements Encoding {
    /** Occurrences that earn a row when nothing else is said. */
    public static final int DEFAULT_MIN_COUNT = 2;

    /** Most rows when nothing else is said. */
    public static final int DEFAULT_MAX_SIZE = 50_000_000;

    /** Refuses counts below 1. */
    public Vocabulary {
      if (minCount < 1) {
        throw new IllegalArgumentException("minCount must be at least 1, but was " + minCount);
      }
      if (maxSize < 1) {
        throw new IllegalArgumentException("maxSize must be at least 1, but was " + maxSize);
      }
    }
  }

  /**
   * A fixed number of rows, shared by hash; needs no vocabulary, and no value is ever unknown.
   *
   * @param buckets rows beside the reserved ones, at least 1
   */
  record Hash(int buckets) implements Encoding {
    /** Refuses fewer than one bucket. */
    public Hash {
      if (buckets < 1) {
        throw new IllegalArgumentException("buckets must be at least 1, but was " + buckets);
      }
    }
  }
}
