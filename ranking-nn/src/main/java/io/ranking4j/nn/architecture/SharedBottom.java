package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Map;

/**
 * Shared bottom (Caruana 1997): layers that all tasks share, then a tower for each task. With an
 * empty tower it is the multi-head network of Pinterest's related products: one trunk, one logit
 * for each engagement.
 *
 * @param bottom the layers that all tasks share, at least one
 * @param tower the hidden layers of every tower; may be none
 */
public record SharedBottom(Mlp bottom, Mlp tower) implements Architecture {
  /** Refuses an empty bottom. */
  public SharedBottom {
    if (bottom.widths().isEmpty()) {
      throw new IllegalArgumentException("a shared bottom needs at least one layer");
    }
  }

  /** A bottom of one width under towers of these widths. */
  public static SharedBottom of(int bottom, int... tower) {
    return new SharedBottom(Mlp.of(bottom), Mlp.of(tower));
  }

  @Override
  public String name() {
    return "shared-bottom";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("bottom", bottom.toString(), "tower", tower.toString());
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(inputWidth);
    Value z = bottom.apply(plan, "bottom", plan.input());
    for (Task task : tasks.tasks()) {
      plan.output(
          task.name(), Heads.head(plan, task, tower.apply(plan, "tower." + task.name(), z)));
    }
    return plan.build();
  }
}
