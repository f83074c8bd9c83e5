package io.ranking4j.evaluation;

/**
 * Spearman's rank correlation: {@link Pearson} of the ranks, equal values sharing the mean of their
 * ranks.
 */
public final class Spearman {

  private Spearman() {}

  /**
   * Returns the coefficient, in [-1, 1]; undefined below two pairs or when x or y is constant.
   *
   * @throws IllegalArgumentException if the lengths differ or a value is not finite
   */
  public static MetricValue compute(double[] x, double[] y) {
    Pairs.check(x, y);
    String why = Pairs.whyUncorrelatable(x, y);
    return why == null
        ? Pearson.compute(Pairs.ranks(x), Pairs.ranks(y))
        : MetricValue.undefined(why);
  }
}
