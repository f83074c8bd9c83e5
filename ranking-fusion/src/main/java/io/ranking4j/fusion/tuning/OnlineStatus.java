package io.ranking4j.fusion.tuning;

import io.ranking4j.fusion.search.Measurement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an online search stands. Immutable.
 *
 * @param phase what comes next
 * @param reason why it stopped, or what it waits for
 * @param batches how many batches have their outcomes
 * @param weights the best weights by the model among those tried that likely meet the constraints;
 *     the status quo where there are none
 * @param objective what the model says of the first objective there, without the offsets of
 *     batches; null before the first outcomes
 * @param statusQuo what it says of the status quo
 * @param feasibility the probability that the best weights meet every constraint; NaN before the
 *     first outcomes
 * @param explained the share of the objective's variance that the model predicts of trials left
 *     out; NaN where it cannot be told
 */
public record OnlineStatus(
    Phase phase,
    String reason,
    int batches,
    Map<String, Double> weights,
    @Nullable Measurement objective,
    @Nullable Measurement statusQuo,
    double feasibility,
    double explained) {
  /** What comes next. */
  public enum Phase {
    /** Propose a batch. */
    READY,
    /** Run the batch and record its outcomes. */
    WAITING,
    /** The search has found what it can, or cannot find anything. */
    CONVERGED,
    /** The budget is spent. */
    BUDGET_SPENT,
    /** No arm likely meets the constraints. */
    NO_FEASIBLE_ARM
  }

  /** Copies the weights. */
  public OnlineStatus {
    weights = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(weights));
  }

  /** Returns whether nothing more will be proposed. */
  public boolean isStopped() {
    return phase != Phase.READY && phase != Phase.WAITING;
  }
}
