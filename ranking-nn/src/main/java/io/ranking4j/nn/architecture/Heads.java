package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Task;
import java.util.Map;

/** What the ends of the towers have in common. */
final class Heads {
  private Heads() {}

  /** The outputs of a task, with biases that start at its base rate. */
  static Value head(PlanBuilder plan, Task task, Value x) {
    return head(plan, task, x, new Start.BaseRate(task.name()));
  }

  /** The outputs of a task. */
  static Value head(PlanBuilder plan, Task task, Value x, Start biasStart) {
    return plan.dense("head." + task.name(), x, task.kind().width(), biasStart);
  }

  /** What was noted for a task that comes earlier; parents always do. */
  static <T> T of(Map<String, T> noted, String task) {
    T value = noted.get(task);
    if (value == null) {
      throw new IllegalStateException("task '" + task + "' was not built yet");
    }
    return value;
  }
}
