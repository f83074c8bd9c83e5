package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.LabelSpace;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
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

  /**
   * Refuses a task whose probability cannot be one factor of a product over all impressions.
   *
   * @param method what it is refused by
   */
  static void requireFactor(String method, Task task) {
    if (!task.kind().probability()) {
      throw new IllegalArgumentException(
          method
              + " multiplies probabilities, but task '"
              + task.name()
              + "' is of kind '"
              + task.kind().typeId()
              + "'");
    }
    if (task.residual().isPresent() && !(task.space() instanceof LabelSpace.Impressions)) {
      throw new IllegalArgumentException(
          method
              + " learns task '"
              + task.name()
              + "' over all impressions, but its label space is "
              + task.space());
    }
  }

  /** Refuses tasks none of which depends on another. */
  static void requireDependency(String method, TaskGraph tasks) {
    if (tasks.tasks().stream().noneMatch(task -> task.residual().isPresent())) {
      throw new IllegalArgumentException(
          method + " needs a task that depends on another, but has " + tasks.names());
    }
  }

  /** Refuses positives that count more often: probabilities would be propensities no longer. */
  static void requirePlainPositives(String method, TaskGraph tasks) {
    for (Task task : tasks.tasks()) {
      if (task.positiveWeight() != 1) {
        throw new IllegalArgumentException(
            method
                + " divides by probabilities, so the positive weight of task '"
                + task.name()
                + "' must be 1, but was "
                + task.positiveWeight());
      }
    }
  }
}
