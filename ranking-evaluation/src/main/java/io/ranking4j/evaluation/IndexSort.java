package io.ranking4j.evaluation;

/**
 * Stable sort of row numbers by a primitive key: by radix, as the bits of a double order like the
 * number, or by merging where there are too few rows to be worth the counting. The keys travel with
 * the row numbers, so that memory is read in sequence instead of jumping about in a million rows.
 */
final class IndexSort {

  /** Runs of this length are sorted by insertion, which is faster than merging for so few. */
  private static final int RUN = 16;

  /** Fewer rows than this are merged. */
  private static final int LEAST_FOR_RADIX = 4096;

  /** Bits of a digit: counters of that many values fit into the first-level cache. */
  private static final int DIGIT = 11;

  private static final int BUCKETS = 1 << DIGIT;
  private static final int PASSES = (Long.SIZE + DIGIT - 1) / DIGIT;

  private IndexSort() {}

  /**
   * Returns the rows in ascending order of their keys; rows of equal keys keep their order. 0.0 and
   * -0.0 are equal. Keys must not be NaN.
   */
  static int[] ascending(double[] keys) {
    return keys.length < LEAST_FOR_RADIX ? byMerging(keys) : byRadix(keys);
  }

  private static int[] byRadix(double[] keys) {
    int n = keys.length;
    long[] key = new long[n];
    int[] row = new int[n];
    int[][] counts = new int[PASSES][BUCKETS];
    for (int i = 0; i < n; i++) {
      // Adding 0.0 makes -0.0 the same as 0.0.
      long bits = Double.doubleToRawLongBits(keys[i] + 0.0);
      // Negative numbers order the other way round, and before the others.
      key[i] = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
      row[i] = i;
      for (int pass = 0; pass < PASSES; pass++) {
        counts[pass][digit(key[i], pass)]++;
      }
    }
    long[] sortedKey = new long[n];
    int[] sortedRow = new int[n];
    for (int pass = 0; pass < PASSES; pass++) {
      int[] next = counts[pass];
      if (next[digit(key[0], pass)] == n) {
        continue;
      }
      int sum = 0;
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        int count = next[bucket];
        next[bucket] = sum;
        sum += count;
      }
      for (int i = 0; i < n; i++) {
        int at = next[digit(key[i], pass)]++;
        sortedKey[at] = key[i];
        sortedRow[at] = row[i];
      }
      long[] otherKey = key;
      key = sortedKey;
      sortedKey = otherKey;
      int[] otherRow = row;
      row = sortedRow;
      sortedRow = otherRow;
    }
    return row;
  }

  private static int digit(long key, int pass) {
    return (int) (key >>> (pass * DIGIT)) & (BUCKETS - 1);
  }

  private static int[] byMerging(double[] keys) {
    int n = keys.length;
    double[] key = keys.clone();
    int[] row = new int[n];
    for (int i = 0; i < n; i++) {
      row[i] = i;
    }
    for (int from = 0; from < n; from += RUN) {
      sortByInsertion(key, row, from, Math.min(n, from + RUN));
    }
    double[] mergedKey = new double[n];
    int[] mergedRow = new int[n];
    for (long width = RUN; width < n; width *= 2) {
      for (long from = 0; from < n; from += 2 * width) {
        int middle = (int) Math.min(n, from + width);
        int to = (int) Math.min(n, from + 2 * width);
        merge(key, row, (int) from, middle, to, mergedKey, mergedRow);
      }
      double[] otherKey = key;
      key = mergedKey;
      mergedKey = otherKey;
      int[] otherRow = row;
      row = mergedRow;
      mergedRow = otherRow;
    }
    return row;
  }

  /** Returns the rows in descending order of their keys; rows of equal keys keep their order. */
  static int[] descending(double[] keys) {
    double[] negated = new double[keys.length];
    for (int i = 0; i < keys.length; i++) {
      negated[i] = -keys[i];
    }
    return ascending(negated);
  }

  private static void sortByInsertion(double[] key, int[] row, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      double k = key[i];
      int r = row[i];
      int j = i - 1;
      while (j >= from && key[j] > k) {
        key[j + 1] = key[j];
        row[j + 1] = row[j];
        j--;
      }
      key[j + 1] = k;
      row[j + 1] = r;
    }
  }

  private static void merge(
      double[] key, int[] row, int from, int middle, int to, double[] outKey, int[] outRow) {
    int left = from;
    int right = middle;
    for (int out = from; out < to; out++) {
      boolean takeLeft = right >= to || (left < middle && key[left] <= key[right]);
      int next = takeLeft ? left++ : right++;
      outKey[out] = key[next];
      outRow[out] = row[next];
    }
  }
}
