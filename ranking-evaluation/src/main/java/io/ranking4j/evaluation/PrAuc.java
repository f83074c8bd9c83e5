package io.ranking4j.evaluation;

/**
 * Area under the precision-recall curve. {@link #compute} is average precision, the step-wise area:
 * the sum over thresholds of the precision times the gain in recall. {@link #trapezoidal} joins the
 * points by straight lines instead, which is what some tools report and is too optimistic. Rows of
 * one score pass the threshold together, so neither depends on the order of the rows.
 *
 * @see <a href="https://doi.org/10.1145/1143844.1143874">Davis and Goadrich, 2006, on why straight
 *     lines between points of this curve are not attainable</a>
 */
public final class PrAuc {

  private PrAuc() {}

  /** Returns average precision, in (0, 1]; undefined unless both classes have weight. */
  public static MetricValue compute(Predictions predictions) {
    return area(predictions, false);
  }

  /**
   * Returns the area by the trapezoidal rule, the curve beginning at recall 0 with precision 1;
   * undefined unless both classes have weight.
   */
  public static MetricValue trapezoidal(Predictions predictions) {
    return area(predictions, true);
  }

  private static MetricValue area(Predictions predictions, boolean trapezoidal) {
    String why = predictions.whyNotBothClasses();
    if (why != null) {
      return MetricValue.undefined(why);
    }
    int[] order = predictions.ascendingOrder();
    double truePositives = 0;
    double predictedPositives = 0;
    double previousPrecision = 1;
    double area = 0;
    int i = order.length - 1;
    while (i >= 0) {
      double score = predictions.score(order[i]);
      double gained = 0;
      for (; i >= 0 && predictions.score(order[i]) == score; i--) {
        int row = order[i];
        double weight = predictions.weight(row);
        predictedPositives += weight;
        gained += predictions.label(row) * weight;
      }
      if (predictedPositives == 0) {
        continue; // only rows of weight 0 so far: there is no precision yet
      }
      truePositives += gained;
      double precision = truePositives / predictedPositives;
      area += gained * (trapezoidal ? (precision + previousPrecision) / 2 : precision);
      previousPrecision = precision;
    }
    return MetricValue.of(area / predictions.positiveWeight());
  }
}
