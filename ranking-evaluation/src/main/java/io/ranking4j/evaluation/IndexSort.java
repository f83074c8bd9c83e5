package io.ranking4j.evaluation;

/**
 * Stable merge sort of row numbers by a primitive key. The keys travel with the row numbers, so
 * that a merge reads memory in sequence instead of jumping about in a million rows.
 */
final class IndexSort {

  /** Runs of this length are sorted by insertion, which is faster than merging for so few. */
  private static final int RUN = 16;

  private IndexSort() {}

  /**
   * Returns the rows in ascending order of their keys; rows of equal keys keep their order. 0.0 and
   * -0.0 are equal. Keys must not be NaN.
   */
  static int[] ascending(double[] keys) {
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
