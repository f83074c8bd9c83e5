package io.ranking4j.nn.training;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets the intercept of each probability by the validation data, so that the corrected
 * probabilities sum to the positives there as far as these say so: {@code sum_i v_i (y_i - p_i) = b
 * / d^2} for an intercept b that is believed to be 0 with a deviation d, {@value #DEVIATION} unless
 * a part of the logit is not served. At the optimum of the loss the sums would agree by themselves;
 * single steps and overfitting leave them off by a few percent. A frequent task is put right by
 * this, a rare one, whose positives say little, is left nearly as it is. A negative that was
 * sampled stands for as many as it represents. Tasks whose own negatives were sampled are left
 * alone, since those of the validation data need not have been.
 */
final class Intercepts {
  /** How far from 0 an intercept is believed to be before the data is seen. */
  static final double DEVIATION = 0.05;

  /** The same where a part of the logit is not served, so that the data alone must tell. */
  static final double UNKNOWN_LEVEL_DEVIATION = 5;

  private static final int ITERATIONS = 50;
  private static final double TOLERANCE = 1e-10;

  private final Kernels kernels;
  private final double deviation;

  Intercepts(Kernels kernels, double deviation) {
    this.kernels = kernels;
    this.deviation = deviation;
  }

  /** The outputs of the model with intercepts. */
  List<TaskOutput> fit(RankingModel model, TrainingData validation) {
    List<double[]> predictions;
    try (Scorer scorer = Scorer.of(model, kernels)) {
      predictions = List.copyOf(scorer.score(validation.features()).values());
    }
    List<TaskOutput> fitted = new ArrayList<>();
    for (int t = 0; t < model.outputs().size(); t++) {
      TaskOutput output = model.outputs().get(t);
      fitted.add(
          output.task().kind().probability() && output.task().negativeKeepRate() == 1
              ? output.intercept(
                  new Equation(validation, output.task(), t, predictions.get(t)).solve(deviation))
              : output);
    }
    return fitted;
  }

  /** The sums of one task. */
  private static final class Equation {
    private final double[] logits;
    private final double[] weights;
    private double positives;

    Equation(TrainingData data, Task task, int t, double[] probability) {
      EncodedLabels labels = data.labels();
      double kept = LabelEncoder.sampled(task) ? data.keepRate() : 1;
      weights = new double[labels.rows()];
      logits = new double[labels.rows()];
      for (int r = 0; r < weights.length; r++) {
        boolean positive = labels.label(r, t) == 1;
        weights[r] = positive ? labels.weight(r, t) : labels.weight(r, t) / kept;
        positives += positive ? weights[r] : 0;
        logits[r] = Math.log(probability[r]) - Math.log1p(-probability[r]);
      }
    }

    /** By bisection within bounds that Newton's steps may not leave. */
    double solve(double deviation) {
      double low = -20;
      double high = 20;
      double intercept = 0;
      for (int i = 0; i < ITERATIONS && high - low > TOLERANCE; i++) {
        double sum = intercept / (deviation * deviation) - positives;
        double slope = 1 / (deviation * deviation);
        for (int r = 0; r < weights.length; r++) {
          double p = 1 / (1 + Math.exp(-(logits[r] + intercept)));
          sum += weights[r] * p;
          slope += weights[r] * p * (1 - p);
        }
        if (sum > 0) {
          high = intercept;
        } else {
          low = intercept;
        }
        double next = intercept - sum / slope;
        boolean inside = next > low && next < high;
        double moved = inside ? next : (low + high) / 2;
        if (Math.abs(moved - intercept) < TOLERANCE) {
          return moved;
        }
        intercept = moved;
      }
      return intercept;
    }
  }
}
