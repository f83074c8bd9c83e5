package io.ranking4j.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * Sum of the predicted probabilities divided by the number of positives observed. Above 1 the model
 * predicts too much, below 1 too little; 1 alone does not make it calibrated.
 */
public final class CalibrationRatio {

  private CalibrationRatio() {}

  /**
   * Returns the weighted ratio, at least 0; undefined when no positive has weight.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1]
   */
  public static MetricValue compute(Predictions predictions) {
    predictions.requireProbabilities();
    String why = predictions.whyEmpty();
    if (why != null) {
      return MetricValue.undefined(why);
    }
    if (predictions.positiveWeight() == 0) {
      return MetricValue.undefined("no positive that has a weight was observed");
    }
    double predicted = 0;
    for (int row = 0; row < predictions.rows(); row++) {
      predicted += predictions.weight(row) * predictions.score(row);
    }
    return MetricValue.of(predicted / predictions.positiveWeight());
  }

  /**
   * Returns the ratio with its 95 % interval.
   *
   * @see #estimate(Predictions, Groups, double)
   */
  public static Estimate estimate(Predictions predictions, @Nullable Groups clusters) {
    return estimate(predictions, clusters, Interval.DEFAULT_CONFIDENCE);
  }

  /**
   * Returns the ratio with an interval by the delta method, normal in the logarithm of the ratio.
   *
   * @param clusters rows that may depend on each other, such as those of a user; null for none
   * @param confidence of the interval, in (0, 1)
   * @throws IllegalArgumentException if a score is not in [0, 1], the clusters have another number
   *     of rows, or the confidence is out of its range
   */
  public static Estimate estimate(
      Predictions predictions, @Nullable Groups clusters, double confidence) {
    MetricValue ratio = compute(predictions);
    String why = ratio.undefinedBecause();
    if (why != null) {
      return Estimate.undefined(why);
    }
    double r = ratio.value();
    double[] influences = new double[predictions.rows()];
    for (int row = 0; row < influences.length; row++) {
      influences[row] =
          predictions.weight(row)
              / predictions.positiveWeight()
              * (predictions.score(row) - r * predictions.label(row));
    }
    return Estimate.ofPositive(r, influences, clusters, confidence);
  }
}
