package io.ranking4j.nn.gate;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.GroupBootstrap;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A floor under the AUC of each task: that of the current model on the same rows, or where there is
 * none 0.5. A candidate fails where it is surely worse: where the interval of the difference, from
 * resampling whole groups with the same draws for both models, lies below minus the tolerance as a
 * whole. A task of few positives is left undecided, but if all are, the candidate fails.
 *
 * @param tolerance how much worse it may be, at least 0
 * @param minPositives positives that a task must have to be decided, at least 1
 * @param bootstrap how the interval is found
 */
public record AucGate(double tolerance, int minPositives, GroupBootstrap.Options bootstrap)
    implements ModelGate {
  /** How much worse when nothing else is said. */
  public static final double DEFAULT_TOLERANCE = 0.005;

  /** Positives of a task when nothing else is said. */
  public static final int DEFAULT_MIN_POSITIVES = 20;

  /** All defaults. */
  public static final AucGate DEFAULT =
      new AucGate(DEFAULT_TOLERANCE, DEFAULT_MIN_POSITIVES, GroupBootstrap.Options.ofSeed(1));

  private static final String NAME = "auc";
  private static final double CHANCE = 0.5;

  /** Checks the ranges. */
  public AucGate {
    Numbers.check(tolerance >= 0, "tolerance must be at least 0", tolerance);
    Numbers.check(minPositives >= 1, "minPositives must be at least 1", minPositives);
  }

  /** With another tolerance. */
  public AucGate tolerance(double other) {
    return new AucGate(other, minPositives, bootstrap);
  }

  @Override
  public List<GateResult> check(ModelComparison comparison) {
    List<GateResult> results = new ArrayList<>();
    boolean decided = false;
    for (ModelComparison.OfTask task : comparison.tasks()) {
      GateResult result = check(task);
      decided |= result.verdict() != GateResult.Verdict.UNDECIDED;
      results.add(result);
    }
    if (!decided) {
      results.add(
          GateResult.failed(
              NAME, "all tasks", "at least one must have a measurable auc", "that none has"));
    }
    return results;
  }

  private GateResult check(ModelComparison.OfTask task) {
    String floor = task.current().isPresent() ? "that of the current model" : "chance";
    String limit = "must not be surely more than " + Numbers.text(tolerance) + " below " + floor;
    if (task.positives() < minPositives) {
      return GateResult.undecided(
          NAME,
          task.task(),
          limit,
          "only " + task.positives() + " positives, of at least " + minPositives);
    }
    Estimate difference = difference(task);
    if (!difference.standardError().isDefined()) {
      return GateResult.undecided(NAME, task.task(), limit, difference.standardError().toString());
    }
    return GateResult.of(
        NAME,
        task.task(),
        difference.interval().upper() >= -tolerance,
        limit,
        "a difference of "
            + Numbers.text(difference)
            + " at an auc of "
            + Numbers.text(RocAuc.compute(task.candidate()).value()));
  }

  private Estimate difference(ModelComparison.OfTask task) {
    Predictions candidate = task.candidate();
    Optional<Predictions> current = task.current();
    return GroupBootstrap.compute(
        task.groups(),
        drawn -> {
          for (int row = 0; row < drawn.length; row++) {
            drawn[row] *= candidate.weight(row);
          }
          MetricValue own = RocAuc.compute(candidate.withWeights(drawn));
          if (!own.isDefined()) {
            return own;
          }
          double floor =
              current.map(other -> RocAuc.compute(other.withWeights(drawn)).value()).orElse(CHANCE);
          return MetricValue.of(own.value() - floor);
        },
        bootstrap);
  }
}
