package io.ranking4j.evaluation;

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
