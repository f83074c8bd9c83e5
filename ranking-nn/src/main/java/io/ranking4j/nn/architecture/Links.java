package io.ranking4j.nn.architecture;

import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Map;
import java.util.Optional;

/** Changes what tasks depend on. */
final class Links {
  private Links() {}

  /** Whether any task depends on another. */
  static boolean any(TaskGraph tasks) {
    return tasks.tasks().stream().anyMatch(task -> task.residual().isPresent());
  }

  /**
   * Sets links.
   *
   * @param byTask by task, its new link; a task that had one keeps what that carries, and a task
   *     that is not in it stays as it is
   */
  static TaskGraph set(TaskGraph tasks, Map<String, Optional<Residual>> byTask) {
    return TaskGraph.of(
        tasks.tasks().stream()
            .map(
                task -> {
                  Optional<Residual> link = byTask.getOrDefault(task.name(), task.residual());
                  return link.isPresent() && task.residual().isPresent()
                      ? with(task, Optional.of(task.residual().get().from(link.get().parent())))
                      : with(task, link);
                })
            .toList());
  }

  /** Sets what every link carries. */
  static TaskGraph carry(TaskGraph tasks, Carried carried) {
    return TaskGraph.of(
        tasks.tasks().stream()
            .map(task -> with(task, task.residual().map(link -> carried.from(link.parent()))))
            .toList());
  }

  private static Task with(Task task, Optional<Residual> link) {
    return new Task(
        task.name(),
        task.kind(),
        task.label(),
        task.space(),
        task.lossWeight(),
        task.positiveWeight(),
        task.negativeKeepRate(),
        task.mask(),
        link);
  }
}
