package io.ranking4j.examples.tuning;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.GroupBootstrap;
import io.ranking4j.fusion.search.Constraint;
import io.ranking4j.fusion.tuning.UtilityMetric;
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
  /** So often is resampled: a resample of a metric of lists sorts all rows twice. */
  private static final int RESAMPLES = 200;

  /**
   * Measures.
   *
   * @param metrics their names, as {@link ScoredRows#metric} knows them
   * @param seed of the resampling
   */
  public static List<HeldOut> measure(
      List<String> metrics, ScoredRows rows, Fusion baseline, Fusion tuned, long seed) {
    double[] before = fused(rows, baseline);
    double[] after = fused(rows, tuned);
    List<HeldOut> measured = new ArrayList<>();
    for (String name : metrics) {
      UtilityMetric metric = rows.metric(name);
      Estimate ratio =
          metric.ratio(
              after, before, rows.groups(), new GroupBootstrap.Options(RESAMPLES, .95, seed));
      measured.add(new HeldOut(name, metric.of(before).value(), metric.of(after).value(), ratio));
    }
    return measured;
  }

  private static double[] fused(ScoredRows rows, Fusion fusion) {
    double[] utility = new double[rows.size()];
    fusion.fuse(rows.predictions(), utility);
    return utility;
  }

  /** Whether a constraint holds on these rows, as far as can be told. */
  public Verdict verdict(Constraint constraint) {
    double bound = constraint.value() * (constraint.isRelative() ? baseline : 1);
    boolean least =
        constraint.kind() == Constraint.Kind.AT_LEAST
            || constraint.kind() == Constraint.Kind.AT_LEAST_OF_BASELINE;
    if (least ? tuned >= bound : tuned <= bound) {
      return Verdict.HELD;
    }
    double limit = baseline * (least ? ratio.interval().upper() : ratio.interval().lower());
    return (least ? limit >= bound : limit <= bound) ? Verdict.WITHIN_INTERVAL : Verdict.BROKEN;
  }

  /** What can be said of a constraint. */
  public enum Verdict {
    /** It is met. */
    HELD("yes"),
    /** It is not, but the interval of the ratio has values that would meet it. */
    WITHIN_INTERVAL("within the interval"),
    /** It is not, and no value of the interval would meet it. */
    BROKEN("no");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
