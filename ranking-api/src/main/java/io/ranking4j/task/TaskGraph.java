package io.ranking4j.task;

import io.ranking4j.error.UnknownNameException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tasks in the order they were given, and the forest that their residual links make. Bound by name
 * everywhere. Immutable and safe to share.
 */
public final class TaskGraph {
  private final Map<String, Task> byName = new LinkedHashMap<>();
  private final List<Task> parentsFirst = new ArrayList<>();

  private TaskGraph(Collection<Task> tasks) {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one task");
    }
    for (Task task : tasks) {
      if (byName.put(task.name(), task) != null) {
        throw new IllegalArgumentException("task '" + task.name() + "' is given twice");
      }
    }
    for (Task task : tasks) {
      if (task.residual().isPresent()) {
        task(task.residual().get().parent());
      }
      if (task.space() instanceof LabelSpace.Given given) {
        if (!task(given.task()).kind().probability() || given.task().equals(task.name())) {
          throw new IllegalArgumentException(
              "task '"
                  + task.name()
                  + "' learns from the positives of '"
                  + given.task()
                  + "', which must be another, binary task");
        }
      }
    }
    Set<String> placed = new LinkedHashSet<>();
    for (Task task : tasks) {
      place(task, placed, new LinkedHashSet<>());
    }
  }

  private void place(Task task, Set<String> placed, Set<String> path) {
    if (placed.contains(task.name())) {
      return;
    }
    if (!path.add(task.name())) {
      throw new IllegalArgumentException(
          "residual links must not form a cycle, but do: "
              + path.stream()
                  .dropWhile(name -> !name.equals(task.name()))
                  .collect(Collectors.joining(" <- "))
              + " <- "
              + task.name());
    }
    if (task.residual().isPresent()) {
      place(task(task.residual().get().parent()), placed, path);
    }
    placed.add(task.name());
    parentsFirst.add(task);
  }

  /**
   * Makes a graph.
   *
   * @throws IllegalArgumentException where there is no task, a name stands twice, or links form a
   *     cycle
   * @throws UnknownNameException where a link or a label space names a task that is not there
   */
  public static TaskGraph of(Collection<Task> tasks) {
    return new TaskGraph(tasks);
  }

  /** Makes a graph; see {@link #of(Collection)}. */
  public static TaskGraph of(Task... tasks) {
    return new TaskGraph(List.of(tasks));
  }

  /** The tasks in the order they were given. */
  public List<Task> tasks() {
    return List.copyOf(byName.values());
  }

  /** The tasks, each after its parent. */
  public List<Task> parentsFirst() {
    return List.copyOf(parentsFirst);
  }

  /** The names of the tasks in the order they were given. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** How many tasks there are. */
  public int size() {
    return byName.size();
  }

  /**
   * The task of that name.
   *
   * @throws UnknownNameException where there is none, listing those that there are
   */
  public Task task(String name) {
    Task task = byName.get(name);
    if (task == null) {
      throw new UnknownNameException("task", name, byName.keySet());
    }
    return task;
  }

  /** The task that this one depends on. */
  public Optional<Task> parent(String name) {
    return task(name).residual().map(link -> task(link.parent()));
  }

  @Override
  public String toString() {
    return "TaskGraph" + byName.keySet();
  }
}
