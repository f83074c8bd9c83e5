package io.ranking4j.examples.report;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.report.section.ScoredTask;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model predicted on rows with labels, to make a report of. Safe to share as long as nobody
 * writes into the arrays.
 *
 * @param name the name of the model in the report
 * @param model the model
 * @param probabilities by task that predicts a probability, one of every row
 * @param tasks what was predicted of each of them, on the rows that it is about
 */
public record ScoredModel(
    String name, RankingModel model, Map<String, double[]> probabilities, List<ScoredTask> tasks) {
  private static final String MISSING = "(missing)";

  /**
   * Scores the rows.
   *
   * @param measured the tasks to measure, as in {@link Evaluation#of}
   * @param userColumn the column of the user; empty where rows have none
   * @param segments columns of categories by which to segment
   * @throws io.ranking4j.error.RankingException where a column is missing or not what it must be
   */
  public static ScoredModel of(
      String name,
      RankingModel model,
      TaskGraph measured,
      Dataset data,
      Optional<String> userColumn,
      List<String> segments) {
    Map<String, double[]> predictions;
    try (Scorer scorer = Scorer.of(model)) {
      predictions = scorer.score(data);
    }
    Map<String, double[]> probabilities = new LinkedHashMap<>();
    List<ScoredTask> tasks = new ArrayList<>();
    for (Task task : measured.tasks()) {
      if (!task.kind().probability()) {
        continue;
      }
      int[] rows = Evaluation.rowsOf(task, measured, data);
      double[] all = Evaluation.of(predictions, task.name());
      double[] labels = data.column(task.label(), NumericColumn.class).values();
      Map<String, List<String>> segmented = new LinkedHashMap<>();
      for (String segment : segments) {
        segmented.put(segment, values(data.column(segment, CategoricalColumn.class), rows));
      }
      probabilities.put(task.name(), all);
      tasks.add(
          new ScoredTask(
              name,
              task.name(),
              Predictions.of(Evaluation.pick(labels, rows), Evaluation.pick(all, rows)),
              userColumn
                  .map(column -> data.column(column, CategoricalColumn.class).codes())
                  .map(codes -> Groups.of(Arrays.stream(rows).map(row -> codes[row]).toArray()))
                  .orElse(null),
              segmented));
    }
    return new ScoredModel(name, model, probabilities, tasks);
  }

  private static List<String> values(CategoricalColumn column, int[] rows) {
    List<String> values = new ArrayList<>(rows.length);
    for (int row : rows) {
      String value = column.get(row);
      values.add(value == null ? MISSING : value);
    }
    return values;
  }
}
