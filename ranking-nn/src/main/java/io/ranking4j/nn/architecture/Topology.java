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
    GIVEN {
      @Override
      List<Residual> links(List<Task> densestFirst) {
        throw new IllegalStateException("tasks stay as they are");
      }

      @Override
      public TaskGraph link(TaskGraph tasks, Map<String, Double> positives) {
        return tasks;
      }
    },
    /** A chain from the task with the most positives to the one with the fewest. */
    SPARSITY {
      @Override
      List<Residual> links(List<Task> densestFirst) {
        return chain(densestFirst);
      }
    },
    /** All depend on the task with the most positives. */
    STAR {
      @Override
      List<Residual> links(List<Task> densestFirst) {
        return Collections.nCopies(
            densestFirst.size() - 1, Residual.both(densestFirst.get(0).name()));
      }
    },
    /** A chain from the task with the fewest positives to the one with the most. */
    REVERSED {
      @Override
      List<Task> order(List<Task> densestFirst) {
        List<Task> reversed = new ArrayList<>(densestFirst);
        Collections.reverse(reversed);
        return reversed;
      }

      @Override
      List<Residual> links(List<Task> sparsestFirst) {
        return chain(sparsestFirst);
      }
    };

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    List<Task> order(List<Task> densestFirst) {
      return densestFirst;
    }

    /** The links of all but the first of these tasks. */
    abstract List<Residual> links(List<Task> ordered);

    private static List<Residual> chain(List<Task> ordered) {
      return ordered.stream().limit(ordered.size() - 1L).map(t -> Residual.both(t.name())).toList();
    }

    /** {@inheritDoc} Tasks that are no probability over all impressions stay as they are. */
    @Override
    public TaskGraph link(TaskGraph tasks, Map<String, Double> positives) {
      List<Task> densestFirst =
          tasks.tasks().stream()
              .filter(
                  task ->
                      task.kind().probability() && task.space() instanceof LabelSpace.Impressions)
              .sorted(
                  Comparator.comparingDouble(
                      (Task task) -> -positives.getOrDefault(task.name(), 0.0)))
              .toList();
      if (densestFirst.size() < 2) {
        return tasks;
      }
      List<Task> ordered = order(densestFirst);
      List<Residual> links = links(ordered);
      Map<String, Optional<Residual>> byTask = new LinkedHashMap<>();
      byTask.put(ordered.get(0).name(), Optional.empty());
      for (int i = 1; i < ordered.size(); i++) {
        byTask.put(ordered.get(i).name(), Optional.of(links.get(i - 1)));
      }
      return Links.set(tasks, byTask);
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
