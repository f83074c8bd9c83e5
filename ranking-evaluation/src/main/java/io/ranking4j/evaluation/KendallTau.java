package io.ranking4j.evaluation;

/**
 * Kendall's tau-b: concordant less discordant pairs, divided by the geometric mean of the pairs not
 * tied in x and those not tied in y. O(n log n).
 *
 * @see <a href="https://doi.org/10.1080/01621459.1966.10480879">Knight, 1966</a>
 */
public final class KendallTau {

  private KendallTau() {}

  /**
   * Returns the coefficient, in [-1, 1]; undefined below two pairs or when x or y is constant.
   *
   * @throws IllegalArgumentException if the lengths differ or a value is not finite
   */
  public static MetricValue compute(double[] x, double[] y) {
    Pairs.check(x, y);
    String why = Pairs.whyUncorrelatable(x, y);
    if (why != null) {
      return MetricValue.undefined(why);
    }
    // Ranks instead of values: ties stay ties, 0.0 equals -0.0, and they count into buckets.
    int[] xRank = Pairs.lesser(x, IndexSort.ascending(x));
    int[] byY = IndexSort.ascending(y);
    int[] yRank = Pairs.lesser(y, byY);
    int[] next = new int[x.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = i;
    }
    int[] xSorted = new int[x.length];
    int[] ySorted = new int[x.length];
    for (int row : byY) {
      int at = next[xRank[row]]++;
      xSorted[at] = xRank[row];
      ySorted[at] = yRank[row];
    }

    long all = pairs(x.length);
    long tiedX = tiedPairs(xSorted, xSorted);
    long tiedBoth = tiedPairs(xSorted, ySorted);
    long discordant = sortCountingSwaps(ySorted);
    long tiedY = tiedPairs(ySorted, ySorted); // sorted by the line above
    long concordant = all - tiedX - tiedY + tiedBoth - discordant;
    double tau =
        (concordant - discordant)
            / Math.sqrt((double) (all - tiedX))
            / Math.sqrt((double) (all - tiedY));
    return MetricValue.of(Math.max(-1, Math.min(1, tau)));
  }

  private static long pairs(long n) {
    return n * (n - 1) / 2;
  }

  /** Counts the pairs that are equal in both arrays, where all equal elements are adjacent. */
  private static long tiedPairs(int[] a, int[] b) {
    long tied = 0;
    int from = 0;
    for (int i = 1; i <= a.length; i++) {
      if (i == a.length || a[i] != a[from] || b[i] != b[from]) {
        tied += pairs(i - from);
        from = i;
      }
    }
    return tied;
  }

  /** Sorts, and returns how many pairs were in strictly descending order. */
  private static long sortCountingSwaps(int[] values) {
    int[] buffer = new int[values.length];
    long swaps = 0;
    for (long width = 1; width < values.length; width *= 2) {
      for (long start = 0; start + width < values.length; start += 2 * width) {
        int from = (int) start;
        int middle = (int) (start + width);
        int to = (int) Math.min(values.length, start + 2 * width);
        System.arraycopy(values, from, buffer, from, to - from);
        int left = from;
        int right = middle;
        for (int out = from; out < to; out++) {
          if (right >= to || (left < middle && buffer[left] <= buffer[right])) {
            values[out] = buffer[left++];
          } else {
            swaps += middle - left;
            values[out] = buffer[right++];
          }
        }
      }
    }
    return swaps;
  }
}
