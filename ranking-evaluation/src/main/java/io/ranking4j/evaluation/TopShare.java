package io.ranking4j.evaluation;

/** The share of a list's total that its first K ranks hold, averaged over the lists. */
final class TopShare {

  private TopShare() {}

  /**
   * Counts every relevance above 0 as 1 if {@code binary}. Lists whose total is 0 are left out and
   * counted.
   */
  static GroupMean accumulate(RankedLists lists, int k, Ties ties, boolean binary) {
    Checks.atLeastOne("k", k);
    GroupMean mean = new GroupMean("no list has a relevance above 0");
    for (int list = 0; list < lists.count(); list++) {
      int from = lists.start(list);
      int to = lists.start(list + 1);
      double total = sum(lists, from, to, binary);
      if (total == 0) {
        mean.skip(to - from);
        continue;
      }
      int cut = (int) Math.min(to, (long) from + k);
      double top = top(lists, from, cut, to, ties, binary);
      mean.add(to - from, Math.min(1, top / total), 1);
    }
    return mean;
  }

  /** What the ranks before the cut hold of the list from..to. */
  static double top(RankedLists lists, int from, int cut, int to, Ties ties, boolean binary) {
    return ties == Ties.AVERAGED
        ? expectedSum(lists, from, cut, to, binary)
        : sum(lists, from, cut, binary);
  }

  private static double sum(RankedLists lists, int from, int to, boolean binary) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double relevance = lists.relevance(i);
      sum += binary ? Math.signum(relevance) : relevance;
    }
    return sum;
  }

  /** Every rank of a tie holds the mean of the tied rows. */
  private static double expectedSum(RankedLists lists, int from, int cut, int to, boolean binary) {
    double sum = 0;
    int end;
    for (int i = from; i < cut; i = end) {
      end = lists.endOfTie(i, to);
      double ranksInside = Math.min(end, cut) - i;
      sum += sum(lists, i, end, binary) * (ranksInside / (end - i));
    }
    return sum;
  }
}
