package io.ranking4j.evaluation;

/**
 * Log loss divided by the log loss of always predicting the base rate. Below 1 the model knows more
 * than the base rate; unlike log loss it can be compared between tasks of different base rates.
 *
 * @see <a href="https://doi.org/10.1145/2648584.2648589">He et al., 2014</a>
 */
public final class NormalizedEntropy {

  private NormalizedEntropy() {}

  /**
   * Returns the ratio, at least 0; undefined unless both classes have weight (the base rate's own
   * log loss is 0 otherwise).
   *
   * @throws IllegalArgumentException if a score is not in [0, 1]
   */
  public static MetricValue compute(Predictions predictions) {
    predictions.requireProbabilities();
    String why = predictions.whyNotBothClasses();
    if (why != null) {
      return MetricValue.undefined(why);
    }
    double positive = predictions.positiveWeight() / predictions.totalWeight();
    double negative = predictions.negativeWeight() / predictions.totalWeight();
    double entropy = -positive * Math.log(positive) - negative * Math.log(negative);
    return MetricValue.of(LogLoss.compute(predictions).value() / entropy);
  }
}
