package io.ranking4j.nn.training;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.task.LabelSpace;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.List;

/**
 * Reads labels and the weight that each row has for each task: zero outside of the task's mask and
 * label space, and otherwise what makes one correction of its probability exact although negatives
 * were sampled.
 *
 * <p>Rows without any positive were kept with rate a, others always. For one task, negatives are
 * therefore of two kinds: those that were sampled, and those kept for another task's sake.
 * Weighting the latter by a makes all its negatives count at the same rate, so that the shift of
 * the logit by ln a is exact for every task and not just for the first of a funnel. A task that
 * learns only where another one is positive has no sampled rows, and neither weights nor a shift. A
 * task without positives weights the rows that were always kept by a, which leaves their mix as it
 * was.
 */
final class LabelEncoder {
  private final List<Task> tasks;
  private final TaskGraph graph;
  private final double keepRate;
  private final boolean masksRequired;

  /** For data of which rows without any positive were kept at a rate, and which has all masks. */
  LabelEncoder(TaskGraph graph, double keepRate) {
    this(graph, keepRate, true);
  }

  private LabelEncoder(TaskGraph graph, double keepRate, boolean masksRequired) {
    this.graph = graph;
    this.tasks = graph.tasks();
    this.keepRate = keepRate;
    this.masksRequired = masksRequired;
  }

  /** For validation data, in which a mask may be absent. */
  LabelEncoder forValidation(double rate) {
    return new LabelEncoder(graph, rate, false);
  }

  /** The rate at which rows without any positive were kept. */
  double keepRate() {
    return keepRate;
  }

  /** Whether the shift of sampled rows belongs to this task. */
  static boolean sampled(Task task) {
    return task.kind().probability() && task.space() instanceof LabelSpace.Impressions;
  }

  EncodedLabels encode(Dataset data, int firstRow) {
    int rows = data.rows();
    int count = tasks.size();
    float[] labels = new float[rows * count];
    float[] weights = new float[rows * count];
    for (int t = 0; t < count; t++) {
      mask(data, t, weights, firstRow);
    }
    for (int t = 0; t < count; t++) {
      labels(data, t, labels);
    }
    EncodedLabels encoded = new EncodedLabels(rows, count, labels, weights);
    spaces(encoded);
    for (int t = 0; t < count; t++) {
      check(data, t, encoded, firstRow);
    }
    if (keepRate < 1) {
      sampling(encoded);
    }
    return encoded;
  }

  /** A mask that the data has not leaves all of its rows: validation data need not be sampled. */
  private void mask(Dataset data, int t, float[] weights, int firstRow) {
    int count = tasks.size();
    NumericColumn column =
        tasks
            .get(t)
            .mask()
            .filter(name -> masksRequired || data.has(name))
            .map(name -> numbers(data, name))
            .orElse(null);
    for (int r = 0; r < data.rows(); r++) {
      double weight = column == null ? 1 : column.isMissing(r) ? 0 : column.values()[r];
      if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
        throw new DataException(
            "mask '"
                + tasks.get(t).mask().orElseThrow()
                + "' must be at least 0 and finite, but was "
                + weight
                + " in row "
                + (firstRow + r));
      }
      weights[r * count + t] = (float) weight;
    }
  }

  /**
   * Also where the mask is 0: a positive there has kept its row for the others' sake. What cannot
   * be learned from is NaN until it is known whether it matters.
   */
  private void labels(Dataset data, int t, float[] labels) {
    Task task = tasks.get(t);
    int count = tasks.size();
    NumericColumn column = numbers(data, task.label());
    for (int r = 0; r < data.rows(); r++) {
      double label = column.values()[r];
      boolean usable = !column.isMissing(r) && task.kind().accepts(label);
      labels[r * count + t] = usable ? (float) label : Float.NaN;
    }
  }

  private void check(Dataset data, int t, EncodedLabels encoded, int firstRow) {
    Task task = tasks.get(t);
    for (int r = 0; r < encoded.rows(); r++) {
      if (!Float.isNaN(encoded.label(r, t))) {
        continue;
      }
      if (encoded.weight(r, t) != 0) {
        NumericColumn column = numbers(data, task.label());
        throw new DataException(
            "label '"
                + task.label()
                + "' of task '"
                + task.name()
                + "' must be "
                + task.kind().labelRange()
                + ", but was "
                + (column.isMissing(r) ? "missing" : column.values()[r])
                + " in row "
                + (firstRow + r));
      }
      encoded.labels()[r * encoded.tasks() + t] = 0;
    }
  }

  private static NumericColumn numbers(Dataset data, String name) {
    Column column = data.column(name);
    if (column instanceof CategoricalColumn) {
      throw new DataException(
          "column '" + name + "' must hold numbers to be a label or a mask, but holds categories");
    }
    return data.column(name, NumericColumn.class);
  }

  private void spaces(EncodedLabels encoded) {
    for (int t = 0; t < tasks.size(); t++) {
      if (tasks.get(t).space() instanceof LabelSpace.Given given) {
        int other = graph.names().indexOf(given.task());
        for (int r = 0; r < encoded.rows(); r++) {
          if (encoded.label(r, other) != 1) {
            encoded.weights()[r * encoded.tasks() + t] = 0;
          }
        }
      }
    }
  }

  private void sampling(EncodedLabels encoded) {
    float rate = (float) keepRate;
    for (int r = 0; r < encoded.rows(); r++) {
      if (!anyPositive(encoded, r)) {
        continue;
      }
      for (int t = 0; t < tasks.size(); t++) {
        Task task = tasks.get(t);
        boolean inSample = task.space() instanceof LabelSpace.Impressions;
        boolean positive = task.kind().probability() && encoded.label(r, t) == 1;
        if (inSample && !positive) {
          encoded.weights()[r * encoded.tasks() + t] *= rate;
        }
      }
    }
  }

  private boolean anyPositive(EncodedLabels encoded, int row) {
    for (int t = 0; t < tasks.size(); t++) {
      if (tasks.get(t).kind().probability() && encoded.label(row, t) == 1) {
        return true;
      }
    }
    return false;
  }
}
