package io.ranking4j.ranking;

import io.ranking4j.error.UnknownNameException;
import java.util.Collections;
import java.util.LinkedHashMap;
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
  private final Map<String, double[]> tasks;
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
    this.size = size;
    this.tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    this.signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
    check("task", this.tasks);
    check("signal", this.signals);
  }

  private void check(String kind, Map<String, double[]> columns) {
    for (Map.Entry<String, double[]> column : columns.entrySet()) {
      if (column.getValue().length < size) {
        throw new IllegalArgumentException(
            kind
                + " '"
                + column.getKey()
                + "' must have a value for each of the "
                + size
                + " candidates, but has "
                + column.getValue().length);
      }
    }
  }

  /** How many candidates there are. */
  public int size() {
    return size;
  }

  /** The names of the tasks, in the model's order; unmodifiable. */
  public Set<String> tasks() {
    return tasks.keySet();
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
    return column("task", tasks, name);
  }

  /**
   * The values of a signal, not to be written to.
   *
   * @throws UnknownNameException where there is no such signal
   */
  public double[] signal(String name) {
    return column("signal", signals, name);
  }

  private static double[] column(String kind, Map<String, double[]> columns, String name) {
    double[] column = columns.get(name);
    if (column == null) {
      throw new UnknownNameException(kind, name, columns.keySet());
    }
    return column;
  }
}
