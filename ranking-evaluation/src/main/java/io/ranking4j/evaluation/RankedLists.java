package io.ranking4j.evaluation;

/**
 * Lists of items, each item with a relevance (a grade, a number of orders, or 0 and 1) and the
 * score it is ranked by: the input of the metrics of ranking. Checked and sorted once, on
 * construction; in a list the highest score comes first, equal scores in the order of the rows.
 *
 * <p>Arrays are copied; the object is immutable and safe to share between threads.
 */
public final class RankedLists {

  private final double[] relevances;
  private final double[] scores;
  private final Groups lists;
  private final int longest;

  private RankedLists(double[] relevances, double[] scores, Groups lists) {
    this.lists = lists;
    this.relevances = new double[relevances.length];
    this.scores = new double[scores.length];
    int[] rows = lists.arrange(IndexSort.descending(scores));
    for (int i = 0; i < rows.length; i++) {
      this.relevances[i] = relevances[rows[i]];
      this.scores[i] = scores[rows[i]];
    }
    int most = 0;
    for (int list = 0; list < lists.count(); list++) {
      most = Math.max(most, lists.start(list + 1) - lists.start(list));
    }
    this.longest = most;
  }

  /**
   * Takes the rows of many lists.
   *
   * @param relevances one finite relevance of at least 0 per row
   * @param scores one finite score per row, higher for a better rank
   * @param lists the list of every row
   * @throws IllegalArgumentException if the lengths differ, a relevance is negative or not finite,
   *     or a score is not finite
   */
  public static RankedLists of(double[] relevances, double[] scores, Groups lists) {
    Checks.sameLength("relevances", relevances.length, "scores", scores.length);
    Checks.sameLength("relevances", relevances.length, "lists", lists.rows());
    Checks.finiteAndNotNegative("relevances", relevances);
    Checks.finite("scores", scores);
    return new RankedLists(relevances, scores, lists);
  }

  /**
   * Takes the rows of a single list.
   *
   * @throws IllegalArgumentException as {@link #of} does
   */
  public static RankedLists single(double[] relevances, double[] scores) {
    return of(relevances, scores, Groups.single(relevances.length));
  }

  /** Returns the number of lists. */
  public int count() {
    return lists.count();
  }

  /** Returns the number of rows in all lists. */
  public int rows() {
    return relevances.length;
  }

  /** Returns the number of rows in the longest list. */
  int longest() {
    return longest;
  }

  /** Returns the position of a list's best row; of count(), the position after the last row. */
  int start(int list) {
    return lists.start(list);
  }

  /** Returns the relevance at a position, where positions run list by list, best score first. */
  double relevance(int position) {
    return relevances[position];
  }

  /** Returns the position after the last of those that have this position's score in the list. */
  int endOfTie(int position, int endOfList) {
    int end = position + 1;
    while (end < endOfList && scores[end] == scores[position]) {
      end++;
    }
    return end;
  }
}
