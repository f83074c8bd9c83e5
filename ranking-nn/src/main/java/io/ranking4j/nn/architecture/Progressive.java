package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.OrdinalKind;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Progressive regression (the ResFlow write-up, 2024): a value of {@linkplain OrdinalKind ordinal
 * kind} has a tower for each of its thresholds, chained by their logits: each tower says how much
 * less probable its threshold is than the one before. Tasks of other kinds have a tower each.
 * Residual links between tasks are not read.
 *
 * @param shared layers before the towers, common to all; often none
 * @param tower the hidden layers of every tower
 */
public record Progressive(Mlp shared, Mlp tower) implements Architecture {
  /** Towers of these widths on the input itself. */
  public static Progressive of(int... tower) {
    return new Progressive(Mlp.of(), Mlp.of(tower));
  }

  @Override
  public String name() {
    return "progressive";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("shared", shared.toString(), "tower", tower.toString());
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(inputWidth);
    Value x = shared.apply(plan, "shared", plan.input());
    for (Task task : tasks.tasks()) {
      if (task.kind() instanceof OrdinalKind kind) {
        plan.output(task.name(), chain(plan, task.name(), kind, x));
      } else {
        Value z = tower.apply(plan, "tower." + task.name(), x);
        plan.output(task.name(), Heads.head(plan, task, z));
      }
    }
    return plan.build();
  }

  private Value chain(PlanBuilder plan, String task, OrdinalKind kind, Value x) {
    List<Value> logits = new ArrayList<>();
    for (int k = 0; k < kind.width(); k++) {
      String name = task + "." + (k + 1);
      Value z = tower.apply(plan, "tower." + name, x);
      double before = k == 0 ? 0 : kind.startLogit(k - 1);
      Start start = new Start.Constant((float) (kind.startLogit(k) - before));
      Value logit = plan.dense("head." + name, z, 1, start);
      logits.add(k == 0 ? logit : plan.add(logit, logits.get(k - 1)));
    }
    return plan.concat(logits);
  }
}
