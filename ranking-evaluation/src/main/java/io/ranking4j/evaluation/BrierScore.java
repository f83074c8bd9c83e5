package io.ranking4j.evaluation;

/** Mean squared difference between the predicted probabilities and the labels (Brier, 1950). */
public final class BrierScore {

  private BrierScore() {}

  /**
   * Returns the weighted mean over the rows, in [0, 1]; undefined when no row has weight.
   *
   * @throws IllegalArgumentException if a score is not in [0, 1]
   */
  public static MetricValue compute(Predictions predictions) {
    predictions.requireProbabilities();
    String why = predictions.whyEmpty();
    if (why != null) {
      return MetricValue.undefined(why);
    }
    double sum = 0;
    for (int row = 0; row < predictions.rows(); row++) {
      double error = predictions.score(row) - predictions.label(row);
      sum += predictions.weight(row) * error * error;
    }
    return MetricValue.of(sum / predictions.totalWeight());
  }
}
