package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Map;

/**
 * NSE, the naive shared embedding: a tower for each task, which share the embeddings and nothing
 * else. It is ResFlow without its residuals, and the baseline of its write-up.
 *
 * @param tower the hidden layers of every tower
 */
public record SeparateTowers(Mlp tower) implements Architecture {
  /** Towers of these widths. */
  public static SeparateTowers of(int... tower) {
    return new SeparateTowers(Mlp.of(tower));
  }

  @Override
  public String name() {
    return "nse";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("tower", tower.toString());
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(inputWidth);
    for (Task task : tasks.tasks()) {
      plan.output(
          task.name(),
          Heads.head(plan, task, tower.apply(plan, "tower." + task.name(), plan.input())));
    }
    return plan.build();
  }
}
