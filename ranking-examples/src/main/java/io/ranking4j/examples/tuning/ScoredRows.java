package io.ranking4j.examples.tuning;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.fusion.tuning.UtilityMetric;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.task.TaskGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows of a log with what a model predicts for them, computed once: whoever looks for weights only
 * fuses again. Immutable and safe to share; arrays are not to be changed.
 *
 * @param predictions of every task, and the host's signals
 * @param labels by task
 * @param lists the request, or the user, of every row; empty where the log knows neither
 */
public record ScoredRows(
    CandidatePredictions predictions, Map<String, double[]> labels, Optional<Groups> lists) {
  /** What a metric may measure. */
  private static final List<String> MEASURES =
      List.of("pr_auc", "auc", "gauc", "list_auc", "wr@K", "ndcg@K");

  /**
   * Scores rows that have a label of every task.
   *
   * @param listColumn the request or the user
   * @param signals columns of numbers that a fusion may use
   * @throws io.ranking4j.error.RankingException where a column is missing
   */
  public static ScoredRows of(
      RankingModel model,
      TaskGraph tasks,
      Dataset data,
      Optional<String> listColumn,
      List<String> signals) {
    int[] rows =
        IntStream.range(0, data.rows())
            .filter(
                row ->
                    tasks.tasks().stream()
                        .noneMatch(
                            task -> data.column(task.label(), NumericColumn.class).isMissing(row)))
            .toArray();
    Dataset labelled = rows.length == data.rows() ? data : data.select(rows);
    Map<String, double[]> predicted;
    try (Scorer scorer = Scorer.of(model)) {
      predicted = scorer.score(labelled);
    }
    Map<String, double[]> labels = new LinkedHashMap<>();
    tasks
        .tasks()
        .forEach(
            task ->
                labels.put(
                    task.name(), labelled.column(task.label(), NumericColumn.class).values()));
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String signal : signals) {
      columns.put(signal, labelled.column(signal, NumericColumn.class).values());
    }
    return new ScoredRows(
        new CandidatePredictions(labelled.rows(), predicted, columns),
        labels,
        listColumn.map(name -> Groups.of(labelled.column(name, CategoricalColumn.class).codes())));
  }

  /** Returns the number of rows. */
  public int size() {
    return predictions.size();
  }

  /** Returns the labels of a task. */
  public double[] labels(String task) {
    double[] own = labels.get(task);
    if (own == null) {
      throw new UnknownNameException("task", task, labels.keySet());
    }
    return own;
  }

  /** Returns the lists that rows belong to. */
  public Groups groups() {
    return lists.orElseThrow(
        () -> new DataException("the log knows neither requests nor users to group its rows by"));
  }

  /**
   * Returns a metric of the utility by its name.
   *
   * @param name as in {@code long_view.pr_auc} or {@code order.wr@100}
   * @throws UnknownNameException where there is no such task or measure
   */
  public UtilityMetric metric(String name) {
    int dot = name.lastIndexOf('.');
    String measure = name.substring(dot + 1);
    double[] own = labels(dot < 0 ? name : name.substring(0, dot));
    if (measure.startsWith("wr@")) {
      return UtilityMetric.weightedRecallAt(places(measure), own, groups());
    }
    if (measure.startsWith("ndcg@")) {
      return UtilityMetric.ndcgAt(places(measure), own, groups());
    }
    return switch (measure) {
      case "pr_auc" -> UtilityMetric.prAuc(own);
      case "auc" -> UtilityMetric.auc(own);
      case "gauc" -> UtilityMetric.groupedAuc(own, groups());
      case "list_auc" -> UtilityMetric.listAuc(own, groups());
      default -> throw new UnknownNameException("measure", measure, MEASURES);
    };
  }

  private static int places(String measure) {
    String digits = measure.substring(measure.indexOf('@') + 1);
    if (!digits.matches("[1-9][0-9]{0,8}")) {
      throw new UnknownNameException("measure", measure, MEASURES);
    }
    return Integer.parseInt(digits);
  }
}
