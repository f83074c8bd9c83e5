package io.ranking4j.ranking;

import io.ranking4j.error.UnknownNameException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the candidates of one request when their utility is made: a prediction of every
 * task and the host's signals, by column. The arrays are shared, not copied: whoever makes one
 * leaves them alone afterwards, and whoever reads one writes nothing into them. They may be longer
 * than {@link #size()}.
 */
public final class CandidatePredictions {
  private final int size;
  private final Set<String> tasks;
  private final double[][] taskColumns;
  private final Map<String, double[]> signals;

  /**
   * Takes the columns as they are.
   *
   * @param size the number of candidates
   * @param tasks by task, the prediction for each candidate: a calibrated probability or a value
   * @param signals by signal, its value for each candidate
   * @throws IllegalArgumentException where a column is shorter than {@code size}
   */
  public CandidatePredictions(
      int size, Map<String, double[]> tasks, Map<String, double[]> signals) {
    this(
        size,
        Collections.unmodifiableSet(new LinkedHashSet<>(tasks.keySet())),
        tasks.values().toArray(new double[0][]),
        signals);
  }

  /**
   * Takes the columns as they are.
   *
   * @param size the number of candidates
   * @param tasks the names of the tasks, in the model's order; shared, not copied
   * @param columns the predictions of each of them; shared, not copied
   * @param signals by signal, its value for each candidate
   * @throws IllegalArgumentException where there is not one column for each task, or one is shorter
   *     than {@code size}
   */
  public CandidatePredictions(
      int size, Set<String> tasks, double[][] columns, Map<String, double[]> signals) {
    if (tasks.size() != columns.length) {
      throw new IllegalArgumentException(
          "there must be a column for each task of " + tasks + ", but there are " + columns.length);
    }
    this.size = size;
    this.tasks = tasks;
    this.taskColumns = columns;
    this.signals =
        signals.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(signals));
    int at = 0;
    for (String task : tasks) {
      check("task", task, columns[at++]);
    }
    for (Map.Entry<String, double[]> signal : this.signals.entrySet()) {
      check("signal", signal.getKey(), signal.getValue());
    }
  }

  private void check(String kind, String name, double[] column) {
    if (column.length < size) {
      throw new IllegalArgumentException(
          kind
              + " '"
              + name
              + "' must have a value for each of the "
              + size
              + " candidates, but has "
              + column.length);
    }
  }

  /** How many candidates there are. */
  public int size() {
    return size;
  }

  /** The names of the tasks, in the model's order; unmodifiable. */
  public Set<String> tasks() {
    return tasks;
  }

  /** The names of the signals; unmodifiable. */
  public Set<String> signals() {
    return signals.keySet();
  }

  /**
   * The predictions of a task, not to be written to.
   *
   * @throws UnknownNameException where there is no such task: a missing head is never a zero
   */
  public double[] task(String name) {
    int at = 0;
    for (String task : tasks) {
      if (task.equals(name)) {
        return taskColumns[at];
      }
      at++;
    }
    throw new UnknownNameException("task", name, tasks);
  }

  /**
   * The values of a signal, not to be written to.
   *
   * @throws UnknownNameException where there is no such signal
   */
  public double[] signal(String name) {
    double[] column = signals.get(name);
    if (column == null) {
      throw new UnknownNameException("signal", name, signals.keySet());
    }
    return column;
  }
}
