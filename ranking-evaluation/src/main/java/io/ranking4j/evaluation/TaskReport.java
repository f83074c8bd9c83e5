package io.ranking4j.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The usual metrics of one binary task. Immutable and safe to share.
 *
 * @param auc area under the ROC curve
 * @param prAuc average precision
 * @param logLoss mean negative log likelihood, in nats
 * @param ne normalised entropy: log loss divided by the base rate's own
 * @param brier mean squared error of the probabilities
 * @param calibrationRatio predicted divided by observed positives
 * @param ece expected calibration error in {@link CalibrationCurve#DEFAULT_BINS} bins of equal
 *     width
 * @param gauc ROC-AUC within groups, weighted by impressions, with its coverage
 * @param rows the number of rows
 * @param positives the number of rows with label 1
 */
public record TaskReport(
    MetricValue auc,
    MetricValue prAuc,
    MetricValue logLoss,
    MetricValue ne,
    MetricValue brier,
    MetricValue calibrationRatio,
    MetricValue ece,
    GroupedValue gauc,
    int rows,
    int positives) {

  /**
   * Computes every metric.
   *
   * @param labels one label per row, 0 or 1
   * @param probabilities one probability per row
   * @param weights one finite weight of at least 0 per row, or null for 1 everywhere
   * @param groups the group of every row (a user or a request), or null to leave GAUC undefined
   * @throws IllegalArgumentException if the lengths differ or a value is out of its range
   */
  public static TaskReport of(
      double[] labels,
      double[] probabilities,
      double @Nullable [] weights,
      @Nullable Groups groups) {
    return of(Predictions.of(labels, probabilities, weights), groups);
  }

  /**
   * Computes every metric.
   *
   * @param predictions rows whose scores are probabilities
   * @param groups the group of every row (a user or a request), or null to leave GAUC undefined
   * @throws IllegalArgumentException if a score is not in [0, 1] or the groups have another number
   *     of rows
   */
  public static TaskReport of(Predictions predictions, @Nullable Groups groups) {
    return new TaskReport(
        RocAuc.compute(predictions),
        PrAuc.compute(predictions),
        LogLoss.compute(predictions),
        NormalizedEntropy.compute(predictions),
        BrierScore.compute(predictions),
        CalibrationRatio.compute(predictions),
        ExpectedCalibrationError.compute(predictions),
        groups == null
            ? new GroupedValue(
                MetricValue.undefined("no groups were given"),
                MetricValue.undefined("no groups were given"),
                0,
                0,
                predictions.rows(),
                0)
            : GroupedAuc.compute(predictions, groups),
        predictions.rows(),
        predictions.positives());
  }

  /**
   * Returns the metrics under the names {@code auc}, {@code pr_auc}, {@code log_loss}, {@code ne},
   * {@code brier}, {@code calibration_ratio}, {@code ece} and {@code gauc}, in this order.
   * Undefined ones are NaN. The map is immutable.
   */
  public Map<String, Double> asMap() {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics().forEach((name, metric) -> values.put(name, metric.value()));
    return Collections.unmodifiableMap(values);
  }

  /** Returns why, for every undefined metric under its name in {@link #asMap}; immutable. */
  public Map<String, String> undefinedBecause() {
    Map<String, String> reasons = new LinkedHashMap<>();
    metrics()
        .forEach(
            (name, metric) -> {
              String why = metric.undefinedBecause();
              if (why != null) {
                reasons.put(name, why);
              }
            });
    return Collections.unmodifiableMap(reasons);
  }

  private Map<String, MetricValue> metrics() {
    Map<String, MetricValue> metrics = new LinkedHashMap<>();
    metrics.put("auc", auc);
    metrics.put("pr_auc", prAuc);
    metrics.put("log_loss", logLoss);
    metrics.put("ne", ne);
    metrics.put("brier", brier);
    metrics.put("calibration_ratio", calibrationRatio);
    metrics.put("ece", ece);
    metrics.put("gauc", gauc.metric());
    return metrics;
  }
}
