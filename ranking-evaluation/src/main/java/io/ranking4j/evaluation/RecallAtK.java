package io.ranking4j.evaluation;

/**
 * Recall at K: the share of a list's relevant items (relevance above 0) among its first K, averaged
 * over the lists. Lists without a relevant item are left out and counted.
 */
public final class RecallAtK {

  /** The treatment of ties where none is given. */
  public static final Ties DEFAULT_TIES = Ties.ROW_ORDER;

  private RecallAtK() {}

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
   * Returns the mean over the lists that have a relevant item, in [0, 1]; undefined when none has.
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
    return TopShare.accumulate(lists, k, ties, true);
  }
}
