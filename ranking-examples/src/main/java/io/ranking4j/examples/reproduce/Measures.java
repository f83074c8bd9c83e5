package io.ranking4j.examples.reproduce;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.KendallTau;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.evaluation.Spearman;
import io.ranking4j.evaluation.TaskReport;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.task.OrdinalKind;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What predictions are worth, by names such as {@code is_click/auc}. NaN stands for what is not
 * defined.
 */
final class Measures {
  /** The mean AUC of the tasks that have one. */
  static final String MEAN_AUC = "mean/auc";

  /** The metric of tasks that predict a probability. */
  static final String AUC = "/auc";

  /** On the positives of a parent, ordered by the probability of the child over the parent's. */
  static final String RATIO_AUC = "/auc by ratio";

  /** The mean squared error of a value. */
  static final String MSE = "/mse";

  /** What is left of it where the bin of every row is known: no such thresholds can do better. */
  static final String MSE_OF_BINS = "/mse of known bins";

  private final StudyData data;
  private final TaskGraph tasks;
  private final Dataset rows;
  private final Map<String, double[]> predictions;
  private final Map<String, Double> values = new LinkedHashMap<>();

  private Measures(
      StudyData data, TaskGraph tasks, Dataset rows, Map<String, double[]> predictions) {
    this.data = data;
    this.tasks = tasks;
    this.rows = rows;
    this.predictions = predictions;
  }

  /** Measures a model on rows of its data; one output stands for all tasks. */
  static Map<String, Double> of(RankingModel model, StudyData data, TaskGraph tasks, Dataset rows) {
    Map<String, double[]> scored;
    try (Scorer scorer = Scorer.of(model)) {
      scored = scorer.score(rows);
    }
    Map<String, double[]> predictions = new LinkedHashMap<>();
    for (String task : tasks.names()) {
      double[] own = scored.get(task);
      if (own == null && scored.size() != 1) {
        throw new UnknownNameException("task", task, scored.keySet());
      }
      predictions.put(task, own == null ? scored.values().iterator().next() : own);
    }
    return new Measures(data, tasks, rows, predictions).all();
  }

  /** Measures the truth on the test rows: what no model can be expected to beat. */
  static Map<String, Double> ofTruth(StudyData data) {
    return new Measures(data, data.tasks(), data.test(), data.truth()).all();
  }

  private Map<String, Double> all() {
    int @Nullable [] users =
        data.userColumn()
            .map(name -> rows.column(name, CategoricalColumn.class).codes())
            .orElse(null);
    double sum = 0;
    int count = 0;
    for (Task task : tasks.tasks()) {
      double[] labels = StudyData.values(rows, task.label());
      double[] predicted = of(task.name());
      if (task.kind().probability()) {
        TaskReport report =
            TaskReport.of(labels, predicted, null, users == null ? null : Groups.of(users));
        report.asMap().forEach((name, value) -> values.put(task.name() + "/" + name, value));
        double auc = report.auc().value();
        if (!Double.isNaN(auc)) {
          sum += auc;
          count++;
        }
      } else {
        value(task.name(), labels, predicted);
        if (task.kind() instanceof OrdinalKind bins) {
          values.put(task.name() + MSE_OF_BINS, ofKnownBins(bins, labels));
        }
      }
    }
    if (count > 0) {
      values.put(MEAN_AUC, sum / count);
    }
    data.conditionals().forEach(this::conditional);
    return values;
  }

  private double[] of(String task) {
    double[] predicted = predictions.get(task);
    if (predicted == null) {
      throw new UnknownNameException("task", task, predictions.keySet());
    }
    return predicted;
  }

  private void value(String task, double[] labels, double[] predicted) {
    double squared = 0;
    double absolute = 0;
    for (int r = 0; r < labels.length; r++) {
      double error = predicted[r] - labels[r];
      squared += error * error / labels.length;
      absolute += Math.abs(error) / labels.length;
    }
    values.put(task + MSE, squared);
    values.put(task + "/mae", absolute);
    values.put(task + "/spearman", Spearman.compute(labels, predicted).value());
    values.put(task + "/kendall", KendallTau.compute(labels, predicted).value());
  }

  /** The mean squared error of what the bins of the labels themselves stand for. */
  static double ofKnownBins(OrdinalKind bins, double[] labels) {
    float[] certain = new float[bins.width()];
    double squared = 0;
    for (double label : labels) {
      for (int k = 0; k < certain.length; k++) {
        certain[k] =
            label > bins.thresholds().get(k) ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
      }
      double error = bins.predict(certain, 0) - label;
      squared += error * error / labels.length;
    }
    return squared;
  }

  private void conditional(StudyData.Conditional pair) {
    if (!predictions.containsKey(pair.task()) || !predictions.containsKey(pair.given())) {
      return;
    }
    double[] given = StudyData.values(rows, tasks.task(pair.given()).label());
    double[] label = StudyData.values(rows, tasks.task(pair.task()).label());
    double[] child = of(pair.task());
    double[] parent = of(pair.given());
    int[] positives = IntStream.range(0, given.length).filter(r -> given[r] == 1).toArray();
    double[] labels = IntStream.of(positives).mapToDouble(r -> label[r]).toArray();
    double[] own = IntStream.of(positives).mapToDouble(r -> child[r]).toArray();
    double[] ratio =
        IntStream.of(positives)
            .mapToDouble(r -> child[r] / Math.max(parent[r], Double.MIN_NORMAL))
            .toArray();
    values.put(pair.key() + AUC, auc(labels, own));
    values.put(pair.key() + RATIO_AUC, auc(labels, ratio));
  }

  /** Of scores that order and are no probabilities. */
  private static double auc(double[] labels, double[] scores) {
    return RocAuc.compute(Predictions.of(labels, scores)).value();
  }
}
