package io.ranking4j.evaluation;

import java.util.function.IntPredicate;

/**
 * BCR@K, the bad-case rate at K: the share of a list's first K items that are bad (irrelevant to
 * the query, say, or out of stock), averaged over the lists. Lower is better. A list shorter than K
 * is judged by the items it has; every list with a row counts.
 */
public final class BadCaseRateAtK {

  /** The treatment of ties where none is given. */
  public static final Ties DEFAULT_TIES = Ties.ROW_ORDER;

  private BadCaseRateAtK() {}

  /**
   * Computes with the {@link #DEFAULT_TIES}.
   *
   * @param bad whether the item of a row is bad, asked once for every row
   * @param scores one finite score per row, higher for a better rank
   * @param lists the list of every row
   * @param k how many ranks count, at least 1
   * @throws IllegalArgumentException if k is below 1, the lengths differ or a score is not finite
   */
  public static GroupedValue compute(IntPredicate bad, double[] scores, Groups lists, int k) {
    double[] marks = new double[scores.length];
    for (int row = 0; row < marks.length; row++) {
      marks[row] = bad.test(row) ? 1 : 0;
    }
    return compute(RankedLists.of(marks, scores, lists), k, DEFAULT_TIES);
  }

  /**
   * Returns the mean over the lists, in [0, 1]; undefined without rows.
   *
   * @param lists whose "relevance" marks the bad: above 0 for a bad item, 0 for any other
   * @param k how many ranks count, at least 1
   * @throws IllegalArgumentException if k is below 1
   */
  public static GroupedValue compute(RankedLists lists, int k, Ties ties) {
    Checks.atLeastOne("k", k);
    GroupMean mean = new GroupMean("there are no rows");
    for (int list = 0; list < lists.count(); list++) {
      int from = lists.start(list);
      int to = lists.start(list + 1);
      int cut = (int) Math.min(to, (long) from + k);
      mean.add(to - from, TopShare.top(lists, from, cut, to, ties, true) / (cut - from), 1);
    }
    return mean.value();
  }
}
