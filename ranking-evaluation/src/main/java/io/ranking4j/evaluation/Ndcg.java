package io.ranking4j.evaluation;

import java.util.Arrays;

/**
 * Normalised discounted cumulative gain at K: the sum over the first K ranks of gain / log2(rank +
 * 1), ranks counted from 1, divided by the same sum of the best possible order. Averaged over the
 * lists; lists without any gain have no best order, are left out and counted.
 *
 * @see <a href="https://doi.org/10.1145/582415.582418">Järvelin and Kekäläinen, 2002</a>
 */
public final class Ndcg {

  /** The gain where none is given. */
  public static final Gain DEFAULT_GAIN = Gain.LINEAR;

  /** The treatment of ties where none is given. */
  public static final Ties DEFAULT_TIES = Ties.ROW_ORDER;

  /** The greatest relevance that {@link Gain#EXPONENTIAL} takes; beyond it the -1 is lost. */
  public static final double MAX_EXPONENTIAL_RELEVANCE = 52;

  private static final double LN_2 = Math.log(2);

  private Ndcg() {}

  /**
   * Computes with the {@link #DEFAULT_GAIN} and {@link #DEFAULT_TIES}.
   *
   * @param k how many ranks count, at least 1; more than a list has means the whole list
   * @throws IllegalArgumentException if k is below 1
   */
  public static GroupedValue compute(RankedLists lists, int k) {
    return compute(lists, k, DEFAULT_GAIN, DEFAULT_TIES);
  }

  /**
   * Returns the mean over the lists that have any gain, in [0, 1]; undefined when none has.
   *
   * @param k how many ranks count, at least 1; more than a list has means the whole list
   * @throws IllegalArgumentException if k is below 1 or a relevance exceeds {@link
   *     #MAX_EXPONENTIAL_RELEVANCE} with exponential gain
   */
  public static GroupedValue compute(RankedLists lists, int k, Gain gain, Ties ties) {
    return accumulate(lists, k, gain, ties).value();
  }

  /**
   * The same before the mean is taken, for a log whose lists are worked on in several places.
   *
   * @throws IllegalArgumentException if k is below 1 or a relevance exceeds {@link
   *     #MAX_EXPONENTIAL_RELEVANCE} with exponential gain
   */
  public static GroupMean accumulate(RankedLists lists, int k, Gain gain, Ties ties) {
    return mean(lists, k, gain, ties, true);
  }

  /**
   * Returns the mean of the gain before normalisation, over all lists.
   *
   * @param k how many ranks count, at least 1; more than a list has means the whole list
   * @throws IllegalArgumentException if k is below 1 or a relevance exceeds {@link
   *     #MAX_EXPONENTIAL_RELEVANCE} with exponential gain
   */
  public static GroupedValue dcg(RankedLists lists, int k, Gain gain, Ties ties) {
    return mean(lists, k, gain, ties, false).value();
  }

  private static GroupMean mean(
      RankedLists lists, int k, Gain gain, Ties ties, boolean normalized) {
    Checks.atLeastOne("k", k);
    double[] gains = gains(lists, gain);
    double[] discounts = discounts(Math.min(k, lists.longest()));
    double[] ideal = new double[lists.longest()];
    GroupMean mean = new GroupMean("no list has a relevance above 0");
    for (int list = 0; list < lists.count(); list++) {
      int from = lists.start(list);
      int to = lists.start(list + 1);
      double best = normalized ? idealDcg(gains, from, to, discounts, ideal) : 1;
      if (best == 0) {
        mean.skip(to - from);
        continue;
      }
      double dcg =
          ties == Ties.AVERAGED
              ? tieAveragedDcg(lists, gains, from, to, discounts)
              : dcg(gains, from, to, discounts);
      mean.add(to - from, dcg / best, 1);
    }
    return mean;
  }

  private static double[] gains(RankedLists lists, Gain gain) {
    double[] gains = new double[lists.rows()];
    for (int i = 0; i < gains.length; i++) {
      double relevance = lists.relevance(i);
      if (gain == Gain.EXPONENTIAL && relevance > MAX_EXPONENTIAL_RELEVANCE) {
        throw new IllegalArgumentException(
            "relevances of exponential gain must be at most %s, but one was %s"
                .formatted(MAX_EXPONENTIAL_RELEVANCE, relevance));
      }
      gains[i] = gain == Gain.EXPONENTIAL ? Math.expm1(relevance * LN_2) : relevance;
    }
    return gains;
  }

  private static double[] discounts(int k) {
    double[] discounts = new double[k];
    for (int i = 0; i < k; i++) {
      discounts[i] = LN_2 / Math.log(i + 2.0);
    }
    return discounts;
  }

  private static double dcg(double[] gains, int from, int to, double[] discounts) {
    double sum = 0;
    for (int i = 0; i < Math.min(to - from, discounts.length); i++) {
      sum += gains[from + i] * discounts[i];
    }
    return sum;
  }

  /** Every rank of a tie has the mean gain of the tied rows. */
  private static double tieAveragedDcg(
      RankedLists lists, double[] gains, int from, int to, double[] discounts) {
    double sum = 0;
    int end;
    for (int i = from; i < to && i - from < discounts.length; i = end) {
      end = lists.endOfTie(i, to);
      double gain = 0;
      double discount = 0;
      for (int tied = i; tied < end; tied++) {
        gain += gains[tied];
        discount += tied - from < discounts.length ? discounts[tied - from] : 0;
      }
      sum += gain / (end - i) * discount;
    }
    return sum;
  }

  private static double idealDcg(
      double[] gains, int from, int to, double[] discounts, double[] buffer) {
    int n = to - from;
    System.arraycopy(gains, from, buffer, 0, n);
    Arrays.sort(buffer, 0, n);
    double sum = 0;
    for (int i = 0; i < Math.min(n, discounts.length); i++) {
      sum += buffer[n - 1 - i] * discounts[i];
    }
    return sum;
  }
}
