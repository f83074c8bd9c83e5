package io.ranking4j.nn.architecture;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.task.LabelSpace;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which task depends on which. The rule of the ResFlow write-up is from dense to sparse, so that
 * tasks with few positives learn from those with many; its other topologies are there to compare.
 */
public sealed interface Topology {
  /** How it is written in names: {@code "star"}. */
  String label();

  /**
   * The tasks, linked.
   *
   * @param tasks the tasks as they are given; a task that has a link already keeps what it carries,
   *     others carry features and logit
   * @param positives by task, how many positives it has
   * @throws IllegalArgumentException where links form a cycle
   * @throws UnknownNameException where a link names a task that is not there
   */
  TaskGraph link(TaskGraph tasks, Map<String, Double> positives);

  /** Those that a name says. */
  enum Named implements Topology {
    /** As the tasks are given, even where none depends on another. */
    GIVEN,
    /** A chain from the task with the most positives to the one with the fewest. */
    SPARSITY,
    /** All depend on the task with the most positives. */
    STAR,
    /** A chain from the task with the fewest positives to the one with the most. */
    REVERSED;

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** {@inheritDoc} Tasks that are no probability over all impressions stay as they are. */
    @Override
    public TaskGraph link(TaskGraph tasks, Map<String, Double> positives) {
      if (this == GIVEN) {
        return tasks;
      }
      List<String> ordered = new ArrayList<>(densestFirst(tasks, positives));
      if (this == REVERSED) {
        Collections.reverse(ordered);
      }
      Map<String, Optional<Residual>> links = new LinkedHashMap<>();
      for (int i = 0; i < ordered.size(); i++) {
        String parent = ordered.get(this == STAR ? 0 : Math.max(0, i - 1));
        links.put(ordered.get(i), i == 0 ? Optional.empty() : Optional.of(Residual.both(parent)));
      }
      return Links.set(tasks, links);
    }

    private static List<String> densestFirst(TaskGraph tasks, Map<String, Double> positives) {
      return tasks.tasks().stream()
          .filter(task -> task.kind().probability())
          .filter(task -> task.space() instanceof LabelSpace.Impressions)
          .map(Task::name)
          .sorted(Comparator.comparingDouble(name -> -positives.getOrDefault(name, 0.0)))
          .toList();
    }
  }

  /**
   * The user's own.
   *
   * @param parents by task, the task that it depends on; those that are not named depend on none
   */
  record Parents(Map<String, String> parents) implements Topology {
    /** Copies the links, and refuses that there is none. */
    public Parents {
      parents = Collections.unmodifiableMap(new LinkedHashMap<>(parents));
      if (parents.isEmpty()) {
        throw new IllegalArgumentException("parents must name at least one task, but named none");
      }
    }

    @Override
    public String label() {
      List<String> links = new ArrayList<>();
      parents.forEach((child, parent) -> links.add(child + ":" + parent));
      return "parents=" + String.join(",", links);
    }

    @Override
    public TaskGraph link(TaskGraph tasks, Map<String, Double> positives) {
      Map<String, Optional<Residual>> byTask = new LinkedHashMap<>();
      tasks.names().forEach(name -> byTask.put(name, Optional.empty()));
      parents.forEach(
          (child, parent) ->
              byTask.put(tasks.task(child).name(), Optional.of(Residual.both(parent))));
      return Links.set(tasks, byTask);
    }
  }
}
