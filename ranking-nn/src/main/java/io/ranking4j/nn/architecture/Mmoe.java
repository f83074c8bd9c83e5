package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MMoE (Ma et al. 2018): experts that all tasks share, mixed for each task by a gate of its own,
 * {@code f_t = sum_i softmax(x G_t + b_t)_i E_i(x)}, then a tower for each task. Experts start at
 * random, each differently; a public implementation that starts an expert at a constant keeps all
 * of its units alike for ever. With one gate for all tasks it is OMoE, that paper's baseline.
 *
 * @param experts how many experts there are
 * @param expert the hidden layers of every expert, at least one
 * @param tower the hidden layers of every tower; may be none
 * @param oneGate whether all tasks share one gate
 * @param gateDropout the share of an impression's gate weights set to zero in training, in [0, 1),
 *     against gates that settle on one expert (Zhao et al. 2019); the others are scaled up by the
 *     mean of what is lost, not by what the impression lost
 */
public record Mmoe(int experts, Mlp expert, Mlp tower, boolean oneGate, double gateDropout)
    implements Architecture {
  /** Experts where nothing else is said. */
  public static final int DEFAULT_EXPERTS = 8;

  /** Checks every part. */
  public Mmoe {
    if (experts < 1) {
      throw new IllegalArgumentException("experts must be at least 1, but were " + experts);
    }
    if (expert.widths().isEmpty()) {
      throw new IllegalArgumentException("an expert needs at least one layer");
    }
    if (!(gateDropout >= 0 && gateDropout < 1)) {
      throw new IllegalArgumentException("gateDropout must be in [0, 1), but was " + gateDropout);
    }
  }

  /** Eight experts of one layer of a width, under towers of these widths. */
  public static Mmoe of(int expert, int... tower) {
    return new Mmoe(DEFAULT_EXPERTS, Mlp.of(expert), Mlp.of(tower), false, 0);
  }

  /** With another number of experts. */
  public Mmoe experts(int count) {
    return new Mmoe(count, expert, tower, oneGate, gateDropout);
  }

  @Override
  public String name() {
    return oneGate ? "omoe" : "mmoe";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of(
        "experts", Integer.toString(experts),
        "expert", expert.toString(),
        "tower", tower.toString(),
        "gateDropout", Double.toString(gateDropout));
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(inputWidth);
    List<Value> made = new ArrayList<>();
    for (int i = 1; i <= experts; i++) {
      made.add(expert.apply(plan, "expert." + i, plan.input()));
    }
    List<String> gates = oneGate ? List.of("all") : tasks.names();
    List<Value> logits = new ArrayList<>();
    gates.forEach(gate -> logits.add(plan.dense("gate." + gate, plan.input(), experts)));
    Value weights = plan.softmax(plan.concat(logits), gates.size());
    weights = plan.dropout(weights, gateDropout);
    Value mixed = plan.mixture(weights, plan.concat(made), experts);
    int width = mixed.width() / gates.size();
    int at = 0;
    for (Task task : tasks.tasks()) {
      Value own = plan.columns(mixed, oneGate ? 0 : width * at++, width);
      plan.output(
          task.name(), Heads.head(plan, task, tower.apply(plan, "tower." + task.name(), own)));
    }
    return plan.build();
  }
}
