package io.ranking4j.examples.tuning;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.GroupBootstrap;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.spi.Fusion;
import java.util.ArrayList;
import java.util.List;

/**
 * What tuned weights do on rows that they were not tuned on: every metric divided by that of the
 * hand-picked weights, with an interval by resampling whole users or requests.
 *
 * @param metric its name
 * @param baseline what the hand-picked weights reach
 * @param tuned what the tuned weights reach
 * @param ratio the quotient with its interval
 */
public record HeldOut(String metric, double baseline, double tuned, Estimate ratio) {
  /** So often is resampled: every resample sorts all rows for every metric twice. */
  private static final int RESAMPLES = 200;

  /**
   * Measures.
   *
   * @param metrics their names, as {@link ScoredRows#metric} knows them
   * @param seed of the resampling
   */
  public static List<HeldOut> measure(
      List<String> metrics, ScoredRows rows, Fusion baseline, Fusion tuned, long seed) {
    List<HeldOut> measured = new ArrayList<>();
    for (String metric : metrics) {
      Estimate ratio =
          GroupBootstrap.compute(
              rows.groups(),
              times -> ratio(metric, rows.drawn(times), baseline, tuned),
              new GroupBootstrap.Options(RESAMPLES, .95, seed));
      measured.add(
          new HeldOut(
              metric,
              value(metric, rows, baseline).value(),
              value(metric, rows, tuned).value(),
              ratio));
    }
    return measured;
  }

  private static MetricValue value(String metric, ScoredRows rows, Fusion fusion) {
    double[] utility = new double[rows.size()];
    fusion.fuse(rows.predictions(), utility);
    return rows.metric(metric).of(utility);
  }

  private static MetricValue ratio(String metric, ScoredRows rows, Fusion baseline, Fusion tuned) {
    MetricValue before = value(metric, rows, baseline);
    MetricValue after = value(metric, rows, tuned);
    if (!before.isDefined() || !after.isDefined()) {
      return before.isDefined() ? after : before;
    }
    return before.value() == 0
        ? MetricValue.undefined("the hand-picked weights reach 0")
        : MetricValue.of(after.value() / before.value());
  }
}
