package io.ranking4j.nn.gate;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.runtime.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether new labels are still what the current model knows: its AUC on them must not be surely
 * lower, by more than a drop, than the AUC that its own training noted. Labels that were swapped or
 * shuffled show here, where a candidate that learned them, and is measured on them, looks best.
 * Immutable and safe to share.
 *
 * @param maxDrop by how much the AUC may be lower, in (0, 1)
 * @param minPositives positives that a task must have to be decided, at least 1
 */
public record LabelAgreement(double maxDrop, int minPositives) {
  /** The largest drop when nothing else is said. */
  public static final double DEFAULT_MAX_DROP = 0.1;

  /** All defaults. */
  public static final LabelAgreement DEFAULT =
      new LabelAgreement(DEFAULT_MAX_DROP, AucGate.DEFAULT_MIN_POSITIVES);

  private static final String NAME = "label agreement";

  /** Checks the ranges. */
  public LabelAgreement {
    Numbers.check(maxDrop > 0 && maxDrop < 1, "maxDrop must be in (0, 1)", maxDrop);
    Numbers.check(minPositives >= 1, "minPositives must be at least 1", minPositives);
  }

  /**
   * Looks at new rows.
   *
   * @param current what the current model says of them, as the candidate of a comparison
   * @param provenance of the current model
   */
  public List<GateResult> check(ModelComparison current, Provenance provenance) {
    List<GateResult> results = new ArrayList<>();
    for (ModelComparison.OfTask task : current.tasks()) {
      Optional<Double> noted =
          provenance
              .get("validation." + task.task())
              .map(Double::valueOf)
              .filter(auc -> !auc.isNaN());
      if (noted.isEmpty() || task.positives() < minPositives) {
        String why =
            noted.isEmpty() ? "its training noted no auc" : task.positives() + " positives";
        results.add(
            GateResult.undecided(
                NAME, task.task(), "auc of the current model must be as in its training", why));
        continue;
      }
      Estimate auc = RocAuc.estimate(task.candidate(), task.groups());
      results.add(
          GateResult.of(
              NAME,
              task.task(),
              auc.interval().upper() >= noted.get() - maxDrop,
              "auc of the current model must not be surely more than "
                  + Numbers.text(maxDrop)
                  + " below the "
                  + Numbers.text(noted.get())
                  + " of its training",
              Numbers.text(auc)));
    }
    return results;
  }
}
