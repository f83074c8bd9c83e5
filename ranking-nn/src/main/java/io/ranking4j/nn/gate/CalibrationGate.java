package io.ranking4j.nn.gate;

import io.ranking4j.evaluation.CalibrationRatio;
import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.ExpectedCalibrationError;
import io.ranking4j.evaluation.Predictions;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits of how far predicted probabilities may be from what was observed. The ratio of predicted
 * to observed positives fails where its interval lies outside of the range as a whole; the error
 * over bins of equal weight is taken without what chance adds. What is beyond a limit passes where
 * the current model is farther beyond: there is no use in keeping that instead.
 *
 * @param minRatio lower end of the range, above 0
 * @param maxRatio its upper end, at least as much
 * @param maxError the largest expected calibration error, at least 0
 * @param minPositives positives that a task must have to be decided, at least 1
 */
public record CalibrationGate(double minRatio, double maxRatio, double maxError, int minPositives)
    implements ModelGate {
  /** Lower end of the range when nothing else is said. */
  public static final double DEFAULT_MIN_RATIO = 0.9;

  /** Upper end of the range when nothing else is said. */
  public static final double DEFAULT_MAX_RATIO = 1.1;

  /** The largest error when nothing else is said. */
  public static final double DEFAULT_MAX_ERROR = 0.05;

  /** All defaults. */
  public static final CalibrationGate DEFAULT =
      new CalibrationGate(
          DEFAULT_MIN_RATIO, DEFAULT_MAX_RATIO, DEFAULT_MAX_ERROR, AucGate.DEFAULT_MIN_POSITIVES);

  private static final int BINS = 10;
  private static final String RATIO = "calibration ratio";
  private static final String ERROR = "calibration error";

  /** Checks the ranges. */
  public CalibrationGate {
    Numbers.check(minRatio > 0, "minRatio must be above 0", minRatio);
    Numbers.check(maxRatio >= minRatio, "maxRatio must be at least minRatio", maxRatio);
    Numbers.check(maxError >= 0, "maxError must be at least 0", maxError);
    Numbers.check(minPositives >= 1, "minPositives must be at least 1", minPositives);
  }

  @Override
  public List<GateResult> check(ModelComparison comparison) {
    List<GateResult> results = new ArrayList<>();
    for (ModelComparison.OfTask task : comparison.tasks()) {
      String range =
          "must be within ["
              + Numbers.text(minRatio)
              + ", "
              + Numbers.text(maxRatio)
              + "] as far as can be told, or nearer than that of the current model";
      String most =
          "must be at most " + Numbers.text(maxError) + ", or less than that of the current model";
      if (task.positives() < minPositives) {
        String why = "only " + task.positives() + " positives, of at least " + minPositives;
        results.add(GateResult.undecided(RATIO, task.task(), range, why));
        results.add(GateResult.undecided(ERROR, task.task(), most, why));
        continue;
      }
      Estimate ratio = CalibrationRatio.estimate(task.candidate(), task.groups());
      boolean near = ratio.interval().upper() >= minRatio && ratio.interval().lower() <= maxRatio;
      double before =
          task.current().map(other -> CalibrationRatio.compute(other).value()).orElse(Double.NaN);
      results.add(
          GateResult.of(
              RATIO,
              task.task(),
              near || distance(ratio.value()) < distance(before),
              range,
              Numbers.text(ratio) + current(before)));
      double error = error(task.candidate());
      double errorBefore = task.current().map(CalibrationGate::error).orElse(Double.NaN);
      results.add(
          GateResult.of(
              ERROR,
              task.task(),
              error <= maxError || error < errorBefore,
              most,
              Numbers.text(error) + current(errorBefore)));
    }
    return results;
  }

  /** How far a ratio is from 1. */
  private static double distance(double ratio) {
    return Math.abs(Math.log(ratio));
  }

  private static double error(Predictions predictions) {
    return ExpectedCalibrationError.debiased(predictions, BINS).value();
  }

  private static String current(double value) {
    return Double.isNaN(value) ? "" : ", of the current model " + Numbers.text(value);
  }
}
