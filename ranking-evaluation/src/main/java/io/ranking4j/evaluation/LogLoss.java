package io.ranking4j.evaluation;

/** Mean negative log likelihood of the labels under the predicted probabilities, in nats. */
public final class LogLoss {

  /**
   * Probabilities are moved at least this far from 0 and 1, 2<sup>-52</sup>, so that one saturated
   * prediction costs 36 nats instead of making the mean infinite.
   */
  public static final double DEFAULT_CLIP = Math.ulp(1.0);

  private LogLoss() {}

  /**
   * Returns the weighted mean over the rows; undefined when no row has weight.
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
      double p = Math.min(1 - DEFAULT_CLIP, Math.max(DEFAULT_CLIP, predictions.score(row)));
      sum -= predictions.weight(row) * (predictions.label(row) == 1 ? Math.log(p) : Math.log1p(-p));
    }
    return MetricValue.of(sum / predictions.totalWeight());
  }
}
