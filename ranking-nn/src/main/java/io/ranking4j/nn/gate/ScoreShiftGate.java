package io.ranking4j.nn.gate;

import io.ranking4j.evaluation.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Limits of how far the predictions of a candidate may lie from those of the current model on the
 * same rows, whatever is true: hosts have thresholds and weights that were tuned to the current
 * one. The population stability index is {@code sum_b (p_b - q_b) ln(p_b / q_b)} over ten bins in
 * each of which the current model has a tenth of the rows.
 *
 * @param maxIndex the largest index, above 0; a rule of thumb takes 0.1 for a small shift and 0.25
 *     for a large one
 * @param maxMeanRatio the mean prediction may be so many times as large or as small, above 1
 */
public record ScoreShiftGate(double maxIndex, double maxMeanRatio) implements ModelGate {
  /** The largest index when nothing else is said. */
  public static final double DEFAULT_MAX_INDEX = 0.25;

  /** The largest ratio of means when nothing else is said. */
  public static final double DEFAULT_MAX_MEAN_RATIO = 1.5;

  /** All defaults. */
  public static final ScoreShiftGate DEFAULT =
      new ScoreShiftGate(DEFAULT_MAX_INDEX, DEFAULT_MAX_MEAN_RATIO);

  private static final int BINS = 10;

  /** What an empty bin is taken to have: half a row. */
  private static final double HALF = 0.5;

  /** Checks the ranges. */
  public ScoreShiftGate {
    Numbers.check(maxIndex > 0, "maxIndex must be above 0", maxIndex);
    Numbers.check(maxMeanRatio > 1, "maxMeanRatio must be above 1", maxMeanRatio);
  }

  @Override
  public List<GateResult> check(ModelComparison comparison) {
    List<GateResult> results = new ArrayList<>();
    for (ModelComparison.OfTask task : comparison.tasks()) {
      String least = "stability index must be at most " + Numbers.text(maxIndex);
      if (task.current().isEmpty() || task.candidate().rows() == 0) {
        String why = "there is no current model, or no row";
        results.add(GateResult.undecided("score shift", task.task(), least, why));
        continue;
      }
      double[] before = scores(task.current().get());
      double[] after = scores(task.candidate());
      double index = index(before, after);
      results.add(
          GateResult.of("score shift", task.task(), index <= maxIndex, least, Numbers.text(index)));
      double ratio = mean(after) / mean(before);
      results.add(
          GateResult.of(
              "mean score",
              task.task(),
              ratio <= maxMeanRatio && ratio >= 1 / maxMeanRatio,
              "must be within a factor of "
                  + Numbers.text(maxMeanRatio)
                  + " of that of the current model",
              "a factor of " + Numbers.text(ratio)));
    }
    return results;
  }

  private static double[] scores(Predictions predictions) {
    return IntStream.range(0, predictions.rows()).mapToDouble(predictions::score).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The population stability index between two sets of scores. */
  static double index(double[] before, double[] after) {
    double[] sorted = before.clone();
    Arrays.sort(sorted);
    double[] bounds = new double[BINS - 1];
    for (int b = 0; b < bounds.length; b++) {
      bounds[b] = sorted[(int) ((long) sorted.length * (b + 1) / BINS)];
    }
    double[] p = shares(after, bounds);
    double[] q = shares(before, bounds);
    double sum = 0;
    for (int b = 0; b < BINS; b++) {
      sum += (p[b] - q[b]) * Math.log(p[b] / q[b]);
    }
    return sum;
  }

  private static double[] shares(double[] scores, double[] bounds) {
    double[] counts = new double[BINS];
    for (double score : scores) {
      int bin = 0;
      while (bin < bounds.length && score >= bounds[bin]) {
        bin++;
      }
      counts[bin]++;
    }
    return Arrays.stream(counts).map(count -> Math.max(count, HALF) / scores.length).toArray();
  }
}
