package io.ranking4j.examples.report;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ROC-AUC that the true probabilities reach themselves: no model can be expected to do better.
 * Immutable and safe to share.
 *
 * @param auc by task; empty where the truth is not known
 */
public record Reachable(Map<String, Double> auc) {
  /** Copies the map, in its order. */
  public Reachable {
    auc = Collections.unmodifiableMap(new LinkedHashMap<>(auc));
  }

  /**
   * Measures the truth.
   *
   * @param tasks the tasks
   * @param data the rows
   * @param truth by task, the true probability of each row, where it is known
   */
  public static Reachable of(
      TaskGraph tasks, Dataset data, Function<String, Optional<double[]>> truth) {
    Map<String, Double> auc = new LinkedHashMap<>();
    for (Task task : tasks.tasks()) {
      truth
          .apply(task.label())
          .ifPresent(
              probabilities -> {
                double[] labels = data.column(task.label(), NumericColumn.class).values();
                auc.put(task.name(), RocAuc.compute(Predictions.of(labels, probabilities)).value());
              });
    }
    return new Reachable(auc);
  }

  /** A table of what a model reached, what could be reached, and the gap between. */
  public String toTable(Evaluation reached) {
    TextTable table = new TextTable(List.of("task", "auc", "best reachable", "gap"));
    auc.forEach((task, best) -> table.row(task, reached.auc(task), best, best - reached.auc(task)));
    return table.toString();
  }

  /** A table of calibration before and after the model corrects its probabilities. */
  public static String calibrationTable(Evaluation before, Evaluation after) {
    TextTable table = new TextTable(List.of("task", "before correction", "after"));
    after
        .tasks()
        .keySet()
        .forEach(
            task -> table.row(task, before.calibrationRatio(task), after.calibrationRatio(task)));
    return table.toString();
  }
}
