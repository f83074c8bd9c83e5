package io.ranking4j.examples.data;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How tasks depend on one another, as it is written on a command line. */
public sealed interface TaskLinks {
  /** What means that there are no links. */
  String NONE = "none";

  /** Each task depends on the one before it. */
  record Chain() implements TaskLinks {}

  /**
   * Each task depends on the one that is named, or on none.
   *
   * @param parents by task, its parent
   */
  record Named(Map<String, String> parents) implements TaskLinks {
    /** Copies the links. */
    public Named {
      parents = Map.copyOf(parents);
    }
  }

  /**
   * Reads {@code child=parent,...} or {@code none}.
   *
   * @throws IllegalArgumentException where it is neither
   */
  static TaskLinks parse(String text) {
    Map<String, String> parents = new LinkedHashMap<>();
    if (text.equals(NONE)) {
      return new Named(parents);
    }
    for (String link : text.split(",", -1)) {
      int at = link.indexOf('=');
      if (at < 1 || at == link.length() - 1) {
        throw new IllegalArgumentException(
            "links must be child=parent,... or none, but were '" + text + "'");
      }
      String child = link.substring(0, at).strip();
      if (parents.put(child, link.substring(at + 1).strip()) != null) {
        throw new IllegalArgumentException("links name the parent of '" + child + "' twice");
      }
    }
    return new Named(parents);
  }

  /**
   * Binary tasks, linked.
   *
   * @param names the tasks, whose labels are the columns of the same names
   * @param known the labels that there are
   * @throws UnknownNameException where a name or a link is not known
   */
  default TaskGraph graph(List<String> names, Collection<String> known) {
    List<Task> tasks = new ArrayList<>();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UnknownNameException("task", name, known);
      }
      Task task = Task.binary(name);
      if (this instanceof Chain && !tasks.isEmpty()) {
        task = task.residualFrom(tasks.get(tasks.size() - 1).name());
      } else if (this instanceof Named named) {
        String parent = named.parents().get(name);
        task = parent == null ? task : task.residualFrom(parent);
      }
      tasks.add(task);
    }
    if (this instanceof Named named) {
      for (String child : named.parents().keySet()) {
        if (!names.contains(child)) {
          throw new UnknownNameException("task", child, names);
        }
      }
    }
    return TaskGraph.of(tasks);
  }
}
