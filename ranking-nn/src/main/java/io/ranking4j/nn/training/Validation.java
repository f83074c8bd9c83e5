package io.ranking4j.nn.training;

import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures a model on the validation data after each epoch, through the scorer that serves it. */
final class Validation {
  private final TaskGraph tasks;
  private final TrainingData data;
  private final Kernels kernels;

  Validation(TaskGraph tasks, TrainingData data, Kernels kernels) {
    this.tasks = tasks;
    this.data = data;
    this.kernels = kernels;
  }

  /** By task, AUC where it predicts a probability, else the explained share of variance. */
  Map<String, Double> quality(RankingModel model) {
    return quality(predictions(model));
  }

  /**
   * Likewise, of a model that must be good for any row.
   *
   * @throws IllegalStateException where a prediction is not finite
   */
  Map<String, Double> finiteQuality(RankingModel model) {
    Map<String, double[]> predictions = predictions(model);
    predictions.forEach(
        (task, values) -> {
          for (int row = 0; row < values.length; row++) {
            if (!Double.isFinite(values[row])) {
              throw new IllegalStateException(
                  "the prediction of "
                      + task
                      + " must be finite, but was "
                      + values[row]
                      + " in row "
                      + row);
            }
          }
        });
    return quality(predictions);
  }

  private Map<String, double[]> predictions(RankingModel model) {
    try (Scorer scorer = Scorer.of(model, kernels)) {
      return scorer.score(data.features());
    }
  }

  private Map<String, Double> quality(Map<String, double[]> predictions) {
    Map<String, Double> quality = new LinkedHashMap<>();
    int t = 0;
    for (Task task : tasks.tasks()) {
      double @Nullable [] predicted = predictions.get(task.name());
      if (predicted != null) {
        quality.put(task.name(), quality(task, t, predicted));
      }
      t++;
    }
    return quality;
  }

  private double quality(Task task, int t, double[] predicted) {
    EncodedLabels labels = data.labels();
    int used = 0;
    double[] label = new double[labels.rows()];
    double[] score = new double[labels.rows()];
    double[] weight = new double[labels.rows()];
    for (int r = 0; r < labels.rows(); r++) {
      if (labels.weight(r, t) > 0) {
        label[used] = labels.label(r, t);
        score[used] = predicted[r];
        weight[used++] = labels.weight(r, t);
      }
    }
    label = java.util.Arrays.copyOf(label, used);
    score = java.util.Arrays.copyOf(score, used);
    weight = java.util.Arrays.copyOf(weight, used);
    if (used == 0) {
      return Double.NaN;
    }
    if (task.kind().probability()) {
      return RocAuc.compute(Predictions.of(label, score, weight)).value();
    }
    return explained(label, score, weight);
  }

  /** One minus the squared error over the variance of the labels: comparable between units. */
  private static double explained(double[] label, double[] predicted, double[] weight) {
    double total = 0;
    double sum = 0;
    for (int i = 0; i < label.length; i++) {
      total += weight[i];
      sum += weight[i] * label[i];
    }
    double mean = sum / total;
    double error = 0;
    double variance = 0;
    for (int i = 0; i < label.length; i++) {
      error += weight[i] * (predicted[i] - label[i]) * (predicted[i] - label[i]);
      variance += weight[i] * (label[i] - mean) * (label[i] - mean);
    }
    return variance == 0 ? Double.NaN : 1 - error / variance;
  }
}
