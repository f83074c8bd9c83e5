package io.ranking4j.evaluation;

/**
 * WR@K, weighted recall at K: the share of a list's total relevance (the orders of its items, say)
 * that its first K items hold, averaged over the lists. Exactly K ranks count. Lists whose total is
 * 0 are left out and counted.
 */
public final class WeightedRecallAtK {

  /** The treatment of ties where none is given. */
  public static final Ties DEFAULT_TIES = Ties.ROW_ORDER;

  private WeightedRecallAtK() {}

  /**
   * Computes with the {@link #DEFAULT_TIES}.
   *
   * @param k how many ranks count, at least 1; more than a list has means the whole list
   * @throws IllegalArgumentException if k is below 1
   */
  public static GroupedValue compute(RankedLists lists, int k) {
    return compute(lists, k, DEFAULT_TIES);
  }

  /**
   * Returns the mean over the lists whose total is above 0, in [0, 1]; undefined when none is.
   *
   * @param k how many ranks count, at least 1; more than a list has means the whole list
   * @throws IllegalArgumentException if k is below 1
   */
  public static GroupedValue compute(RankedLists lists, int k, Ties ties) {
    return accumulate(lists, k, ties).value();
  }

  /**
   * The same before the mean is taken, for a log whose lists are worked on in several places.
   *
   * @throws IllegalArgumentException if k is below 1
   */
  public static GroupMean accumulate(RankedLists lists, int k, Ties ties) {
    return TopShare.accumulate(lists, k, ties, false);
  }
}
