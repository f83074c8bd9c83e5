package io.ranking4j.nn.loss;

import io.ranking4j.spi.TaskKind;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.List;

/**
 * The loss of every task on its own head: {@code L_t = sum_i w_ti l_ti / max(1, sum_i [w_ti > 0])},
 * over the rows that the task learns from. The denominator is the number of those rows, not the sum
 * of their weights and not the size of the batch.
 */
final class TaskLosses {
  private final List<Task> tasks;
  private final int[] offset;
  private final int firstExtra;
  private final int outputWidth;
  private final double[] loss;
  private final int[] used;

  TaskLosses(TaskGraph graph) {
    this(graph, 0);
  }

  /**
   * The losses of a network that has outputs which are no task's.
   *
   * @param extra how many of them, each of one column, behind those of the tasks
   */
  TaskLosses(TaskGraph graph, int extra) {
    tasks = graph.tasks();
    offset = new int[tasks.size()];
    int at = 0;
    for (int t = 0; t < offset.length; t++) {
      offset[t] = at;
      at += tasks.get(t).kind().width();
    }
    firstExtra = at;
    outputWidth = at + extra;
    loss = new double[offset.length];
    used = new int[offset.length];
  }

  /**
   * Fills losses and the number of rows used; the gradient is that of each task's own loss, and 0
   * for outputs that are no task's.
   */
  void compute(LossBatch batch) {
    int count = offset.length;
    for (int r = 0; r < batch.rows(); r++) {
      for (int c = r * outputWidth + firstExtra; c < (r + 1) * outputWidth; c++) {
        batch.gradient()[c] = 0;
      }
    }
    for (int t = 0; t < count; t++) {
      Task task = tasks.get(t);
      TaskKind kind = task.kind();
      double sum = 0;
      int rowsUsed = 0;
      for (int r = 0; r < batch.rows(); r++) {
        float weight = batch.weights()[r * count + t];
        int at = r * outputWidth + offset[t];
        if (weight == 0) {
          for (int c = 0; c < kind.width(); c++) {
            batch.gradient()[at + c] = 0;
          }
          continue;
        }
        rowsUsed++;
        double label = batch.labels()[r * count + t];
        sum +=
            weight * kind.loss(label, batch.outputs(), batch.gradient(), at, task.positiveWeight());
        for (int c = 0; c < kind.width(); c++) {
          batch.gradient()[at + c] *= weight;
        }
      }
      used[t] = rowsUsed;
      loss[t] = sum / Math.max(1, rowsUsed);
    }
  }

  /** The sum of the tasks' losses, each times its fixed weight; the gradient is that of the sum. */
  double weighted(LossBatch batch) {
    compute(batch);
    double sum = 0;
    for (int t = 0; t < offset.length; t++) {
      double weight = tasks.get(t).lossWeight();
      scale(batch, t, weight);
      sum += weight * loss[t];
    }
    return sum;
  }

  /** The columns of a row of outputs. */
  int outputWidth() {
    return outputWidth;
  }

  /** The first column of a task's outputs. */
  int column(int task) {
    return offset[task];
  }

  /** The column of an output that is no task's. */
  int extraColumn(int number) {
    return firstExtra + number;
  }

  /** The loss of a task at the last computation. */
  double loss(int task) {
    return loss[task];
  }

  /** Whether any row was used for a task at the last computation. */
  boolean used(int task) {
    return used[task] > 0;
  }

  /** How many tasks there are. */
  int size() {
    return offset.length;
  }

  Task task(int index) {
    return tasks.get(index);
  }

  /** Multiplies a task's gradient by its share of the joint loss, over the rows used. */
  void scale(LossBatch batch, int task, double share) {
    float factor = (float) (share / Math.max(1, used[task]));
    int width = tasks.get(task).kind().width();
    for (int r = 0; r < batch.rows(); r++) {
      int at = r * outputWidth + offset[task];
      for (int c = 0; c < width; c++) {
        batch.gradient()[at + c] *= factor;
      }
    }
  }
}
