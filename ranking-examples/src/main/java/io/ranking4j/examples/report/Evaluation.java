package io.ranking4j.examples.report;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.TaskReport;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.task.LabelSpace;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a model reached on rows with labels. Immutable and safe to share.
 *
 * @param tasks by task, its metrics; tasks that predict no probability are left out
 */
public record Evaluation(Map<String, TaskReport> tasks) {
  /** Copies the map, in its order. */
  public Evaluation {
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }

  /**
   * Measures a model, each task on the rows that it is about: those with a label, within its label
   * space and its mask.
   *
   * @param groupColumn the column that GAUC groups by; empty to leave GAUC undefined
   * @return the metrics of the model's tasks
   * @throws io.ranking4j.error.RankingException where a column is missing or not what it must be
   */
  public static Evaluation of(RankingModel model, Dataset data, Optional<String> groupColumn) {
    return of(model, model.tasks(), data, groupColumn);
  }

  /**
   * Measures a model by tasks that may be others than its own: a model with one head for any
   * engagement is measured by that head on each of them.
   *
   * @param measured the tasks to measure
   * @param groupColumn the column that GAUC groups by; empty to leave GAUC undefined
   * @throws io.ranking4j.error.UnknownNameException where the model has several tasks, and not one
   *     of these
   * @throws io.ranking4j.error.RankingException where a column is missing or not what it must be
   */
  public static Evaluation of(
      RankingModel model, TaskGraph measured, Dataset data, Optional<String> groupColumn) {
    Map<String, double[]> predictions;
    try (Scorer scorer = Scorer.of(model)) {
      predictions = scorer.score(data);
    }
    return of(predictions, measured, data, groupColumn);
  }

  /**
   * Measures predictions, one of every row by task.
   *
   * @see #of(RankingModel, TaskGraph, Dataset, Optional)
   */
  public static Evaluation of(
      Map<String, double[]> predictions,
      TaskGraph measured,
      Dataset data,
      Optional<String> groupColumn) {
    int @Nullable [] groups =
        groupColumn.map(name -> data.column(name, CategoricalColumn.class).codes()).orElse(null);
    Map<String, TaskReport> reports = new LinkedHashMap<>();
    for (Task task : measured.tasks()) {
      if (task.kind().probability()) {
        int[] rows = rowsOf(task, measured, data);
        double[] labels = data.column(task.label(), NumericColumn.class).values();
        reports.put(
            task.name(),
            TaskReport.of(
                pick(labels, rows),
                pick(of(predictions, task.name()), rows),
                null,
                groups == null
                    ? null
                    : Groups.of(Arrays.stream(rows).map(row -> groups[row]).toArray())));
      }
    }
    return new Evaluation(reports);
  }

  /** The predictions of a task, or those of the only head there is. */
  static double[] of(Map<String, double[]> predictions, String task) {
    double[] own = predictions.get(task);
    if (own == null && predictions.size() == 1) {
      return predictions.values().iterator().next();
    }
    if (own == null) {
      throw new UnknownNameException("task", task, predictions.keySet());
    }
    return own;
  }

  /** The rows that a task is about: with a label, in its space and its mask. */
  static int[] rowsOf(Task task, TaskGraph tasks, Dataset data) {
    NumericColumn label = data.column(task.label(), NumericColumn.class);
    @Nullable NumericColumn space =
        task.space() instanceof LabelSpace.Given given
            ? data.column(tasks.task(given.task()).label(), NumericColumn.class)
            : null;
    @Nullable NumericColumn mask =
        task.mask().map(name -> data.column(name, NumericColumn.class)).orElse(null);
    return IntStream.range(0, data.rows())
        .filter(row -> !label.isMissing(row) && isOne(space, row) && isOne(mask, row))
        .toArray();
  }

  private static boolean isOne(@Nullable NumericColumn column, int row) {
    return column == null || (!column.isMissing(row) && column.values()[row] == 1);
  }

  static double[] pick(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  /** The ROC-AUC of a task; NaN where it is not defined. */
  public double auc(String task) {
    TaskReport report = tasks.get(task);
    return report == null ? Double.NaN : report.auc().value();
  }

  /** The mean ROC-AUC of the tasks that have one; NaN where none has. */
  public double meanAuc() {
    return tasks.values().stream()
        .mapToDouble(report -> report.auc().value())
        .filter(auc -> !Double.isNaN(auc))
        .average()
        .orElse(Double.NaN);
  }

  /** Predicted divided by observed positives of a task; NaN where it is not defined. */
  public double calibrationRatio(String task) {
    TaskReport report = tasks.get(task);
    return report == null ? Double.NaN : report.calibrationRatio().value();
  }

  /** As a table for people, one task a line. */
  public String toTable() {
    TextTable table =
        new TextTable(
            List.of(
                "task",
                "rows",
                "positives",
                "auc",
                "gauc",
                "pr auc",
                "log loss",
                "ne",
                "brier",
                "calibration",
                "ece"));
    tasks.forEach(
        (name, report) ->
            table.row(
                name,
                report.rows(),
                report.positives(),
                report.auc().value(),
                report.gauc().value(),
                report.prAuc().value(),
                report.logLoss().value(),
                report.ne().value(),
                report.brier().value(),
                report.calibrationRatio().value(),
                report.ece().value()));
    return table.toString();
  }

  /** As JSON has it: {@code {"tasks": {NAME: {"auc": ...}}}}. */
  public Map<String, Object> toJson() {
    Map<String, Object> byTask = new LinkedHashMap<>();
    tasks.forEach((name, report) -> byTask.put(name, report.asMap()));
    return Map.of("tasks", byTask);
  }
}
