package io.ranking4j.evaluation;

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
}
