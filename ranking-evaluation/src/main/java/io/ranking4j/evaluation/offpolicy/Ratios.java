package io.ranking4j.evaluation.offpolicy;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Interval;
import org.jspecify.annotations.Nullable;

/** Means and ratios of sums, with errors between clusters. */
final class Ratios {

  private Ratios() {}

  /** The mean over the rows; its interval is normal in the logarithm where it must be positive. */
  static Estimate mean(double[] values, @Nullable Groups clusters, boolean positive) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double[] influences = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      influences[row] = (values[row] - mean) / values.length;
    }
    return estimate(mean, influences, clusters, positive);
  }

  static Estimate estimate(
      double value, double[] influences, @Nullable Groups clusters, boolean positive) {
    return positive
        ? Estimate.ofPositive(value, influences, clusters, Interval.DEFAULT_CONFIDENCE)
        : Estimate.ofInfluences(value, influences, clusters, Interval.DEFAULT_CONFIDENCE);
  }

  /** The sum of the values divided by that of the weights, its error by the delta method. */
  static Estimate ratio(double[] values, double[] weights, LoggedFeedback log) {
    double sum = 0;
    double total = 0;
    for (int row = 0; row < values.length; row++) {
      sum += values[row];
      total += weights[row];
    }
    if (total == 0) {
      return Estimate.undefined("every weight is 0: the judged policy takes no logged action");
    }
    Groups clusters = log.clusters();
    double n = clusters == null ? values.length : clusters.count();
    // The delta method has no factor n / (n - 1): what the estimate adds is taken off before.
    double scale = Math.sqrt((n - 1) / n) / total;
    double ratio = sum / total;
    double[] influences = new double[values.length];
    for (int row = 0; row < values.length; row++) {
      influences[row] = (values[row] - weights[row] * ratio) * scale;
    }
    return estimate(ratio, influences, clusters, log.nonNegative());
  }
}
