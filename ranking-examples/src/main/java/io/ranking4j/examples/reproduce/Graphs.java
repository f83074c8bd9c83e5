package io.ranking4j.examples.reproduce;

import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Binary tasks and the links between them. */
final class Graphs {
  private Graphs() {}

  /** Each task depends on the one before it. */
  static TaskGraph chain(List<String> names) {
    return chain(names, Residual::both);
  }

  /** Each task depends on the one before it, and takes over what the link says. */
  static TaskGraph chain(List<String> names, Function<String, Residual> link) {
    return TaskGraph.of(
        names.stream()
            .map(
                name -> {
                  int before = names.indexOf(name) - 1;
                  Task task = Task.binary(name);
                  return before < 0 ? task : task.residual(link.apply(names.get(before)));
                })
            .toList());
  }

  /**
   * Links that are given.
   *
   * @param names the tasks, in the order of the graph
   * @param parents by task, the one that it depends on
   */
  static TaskGraph tree(List<String> names, Map<String, String> parents) {
    return TaskGraph.of(
        names.stream()
            .map(
                name -> {
                  String parent = parents.get(name);
                  return parent == null
                      ? Task.binary(name)
                      : Task.binary(name).residualFrom(parent);
                })
            .toList());
  }
}
