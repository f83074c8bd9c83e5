package io.ranking4j.fusion.tuning;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.GroupBootstrap;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.fusion.search.Constraint;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * How sure a constraint must be: what a metric reaches is taken for its one-sided limit by
 * resampling whole groups. Immutable.
 *
 * <p>The rows' chance error is the same for weights that are alike, so that it is no noise that a
 * model of many trials could average out: each trial has its own margin instead. All trials see the
 * same draws, which keeps the margin a smooth function of the weights.
 */
record Confidence(double level, Groups groups) {
  /** Enough for a standard error to be off by about 5%. */
  private static final int RESAMPLES = 200;

  private static final long SEED = 1;

  Confidence {
    if (!(level > 0.5 && level < 1)) {
      throw new IllegalArgumentException(
          "the confidence of constraints must be in (0.5, 1), but was " + level);
    }
  }

  /** What the metric is taken for: its own value at the baseline of a relative constraint. */
  MetricValue limit(
      Constraint constraint, UtilityMetric metric, double[] utility, double[] baseline) {
    GroupBootstrap.Options options = new GroupBootstrap.Options(RESAMPLES, level, SEED);
    double unit = constraint.isRelative() ? metric.of(baseline).value() : 1;
    Estimate estimate =
        constraint.isRelative()
            ? metric.ratio(utility, baseline, groups, options)
            : GroupBootstrap.compute(groups, metric.drawn(utility), options);
    for (MetricValue needed : new MetricValue[] {estimate.metric(), estimate.standardError()}) {
      if (!needed.isDefined()) {
        return needed;
      }
    }
    double margin =
        new NormalDistribution().inverseCumulativeProbability(level)
            * estimate.standardError().value();
    boolean isLeast =
        switch (constraint.kind()) {
          case AT_LEAST, AT_LEAST_OF_BASELINE -> true;
          case AT_MOST, AT_MOST_OF_BASELINE -> false;
        };
    return MetricValue.of(unit * (estimate.value() + (isLeast ? -margin : margin)));
  }
}
