package io.ranking4j.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * Area under the ROC curve: the probability that a random positive scores above a random negative,
 * a tie counting one half. O(n log n) for the first metric that sorts the predictions, O(n)
 * afterwards.
 *
 * @see <a href="https://doi.org/10.1148/radiology.143.1.7063747">Hanley and McNeil, 1982</a>
 */
public final class RocAuc {

  private RocAuc() {}

  /**
   * Returns the area, in [0, 1]; undefined unless both classes have weight. A pair of rows counts
   * with the product of their weights.
   */
  public static MetricValue compute(Predictions predictions) {
    String why = predictions.whyNotBothClasses();
    if (why != null) {
      return MetricValue.undefined(why);
    }
    int[] order = predictions.ascendingOrder();
    double positives = predictions.positiveWeight();
    double negatives = predictions.negativeWeight();
    return MetricValue.of(area(predictions, order, 0, order.length, positives, negatives));
  }

  /**
   * Returns the area with its 95 % interval.
   *
   * @see #estimate(Predictions, Groups, double)
   */
  public static Estimate estimate(Predictions predictions, @Nullable Groups clusters) {
    return estimate(predictions, clusters, Interval.DEFAULT_CONFIDENCE);
  }

  /**
   * Returns the area with an interval, normal in the log-odds of the area so that it stays within 0
   * and 1. Without clusters the error is DeLong's; with clusters, Obuchowski's, which allows for
   * the rows of a cluster being alike. Where the classes are fully separated the error is undefined
   * and the interval is all of [0, 1].
   *
   * @param clusters rows that may depend on each other, such as those of a user; null for none
   * @param confidence of the interval, in (0, 1)
   * @throws IllegalArgumentException if the clusters have another number of rows or the confidence
   *     is out of its range
   * @see <a href="https://doi.org/10.2307/2531595">DeLong et al., 1988</a>
   * @see <a href="https://doi.org/10.2307/2533958">Obuchowski, 1997</a>
   */
  public static Estimate estimate(
      Predictions predictions, @Nullable Groups clusters, double confidence) {
    MetricValue area = compute(predictions);
    String why = area.undefinedBecause();
    if (why != null) {
      return Estimate.undefined(why);
    }
    if (area.value() == 0 || area.value() == 1) {
      return Estimate.withoutError(area.value(), "the scores separate the classes fully")
          .within(0, 1);
    }
    double a = area.value();
    Estimate plain = Estimate.ofInfluences(a, influences(predictions, a), clusters, confidence);
    if (!plain.standardError().isDefined()) {
      return plain.within(0, 1);
    }
    double half =
        Checks.twoSidedNormalQuantile(confidence) * plain.standardError().value() / (a * (1 - a));
    double logOdds = Math.log(a) - Math.log1p(-a);
    return new Estimate(
        plain.metric(),
        plain.standardError(),
        new Interval(1 / (1 + Math.exp(half - logOdds)), 1 / (1 + Math.exp(-half - logOdds))));
  }

  /** How far the share of the other class that a row beats is from the area, by its weight. */
  private static double[] influences(Predictions predictions, double area) {
    int[] order = predictions.ascendingOrder();
    double positiveWeight = predictions.positiveWeight();
    double negativeWeight = predictions.negativeWeight();
    double[] influences = new double[order.length];
    double positivesBelow = 0;
    double negativesBelow = 0;
    int from = 0;
    while (from < order.length) {
      double score = predictions.score(order[from]);
      double positives = 0;
      double negatives = 0;
      int to = from;
      for (; to < order.length && predictions.score(order[to]) == score; to++) {
        int row = order[to];
        if (predictions.label(row) == 1) {
          positives += predictions.weight(row);
        } else {
          negatives += predictions.weight(row);
        }
      }
      double beaten = (negativesBelow + negatives / 2) / negativeWeight;
      double beating = 1 - (positivesBelow + positives / 2) / positiveWeight;
      for (; from < to; from++) {
        int row = order[from];
        influences[row] =
            predictions.label(row) == 1
                ? predictions.weight(row) / positiveWeight * (beaten - area)
                : predictions.weight(row) / negativeWeight * (beating - area);
      }
      positivesBelow += positives;
      negativesBelow += negatives;
    }
    return influences;
  }

  /**
   * Returns the area over {@code order[from..to)}, rows of ascending score, where the classes have
   * these weights above 0. The weights of pairs are shares, since products of very small or very
   * large weights would leave the range of a double.
   */
  static double area(
      Predictions predictions,
      int[] order,
      int from,
      int to,
      double positiveWeight,
      double negativeWeight) {
    double negativesBelow = 0;
    double wins = 0;
    int i = from;
    while (i < to) {
      double score = predictions.score(order[i]);
      double positives = 0;
      double negatives = 0;
      for (; i < to && predictions.score(order[i]) == score; i++) {
        int row = order[i];
        if (predictions.label(row) == 1) {
          positives += predictions.weight(row);
        } else {
          negatives += predictions.weight(row);
        }
      }
      wins += positives / positiveWeight * ((negativesBelow + negatives / 2) / negativeWeight);
      negativesBelow += negatives;
    }
    return Math.min(1, wins);
  }
}
