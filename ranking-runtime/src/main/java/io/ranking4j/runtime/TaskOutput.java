package io.ranking4j.runtime;

import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.TaskKind;
import io.ranking4j.task.Task;
import java.util.Optional;

/**
 * How the outputs of the network for one task become what the user is given: for a probability the
 * logit is shifted, which undoes the sampling of negatives and positive weights exactly, then made
 * a probability, then calibrated. Immutable and safe to share as long as the calibrator is.
 *
 * @param task the task
 * @param logitShift added to the logit of a probability: {@code ln(keep rate) - ln(positive
 *     weight)}; 0 for other tasks
 * @param calibrator applied to the probability, if any
 */
public record TaskOutput(Task task, double logitShift, Optional<Calibrator> calibrator) {
  /** Refuses a shift that is not finite, and a correction of what is no probability. */
  public TaskOutput {
    if (!Double.isFinite(logitShift)) {
      throw new IllegalArgumentException(
          "the logit shift of task '" + task.name() + "' must be finite, but was " + logitShift);
    }
    if (!task.kind().probability() && (logitShift != 0 || calibrator.isPresent())) {
      throw new IllegalArgumentException(
          "task '" + task.name() + "' predicts no probability, so it cannot be calibrated");
    }
  }

  /** With a calibrator fitted on the model's probabilities. */
  public TaskOutput with(Calibrator fitted) {
    return new TaskOutput(task, logitShift, Optional.of(fitted));
  }

  /**
   * CandidatePredictions of rows.
   *
   * @param outputs rows x stride, the outputs of the network
   * @param stride outputs of all tasks together
   * @param offset where this task's outputs start in a row
   * @param rows how many rows
   * @param target receives a prediction for each row
   * @param at where the first goes
   */
  void predict(float[] outputs, int stride, int offset, int rows, double[] target, int at) {
    TaskKind kind = task.kind();
    if (!kind.probability()) {
      for (int r = 0; r < rows; r++) {
        target[at + r] = kind.predict(outputs, r * stride + offset);
      }
      return;
    }
    for (int r = 0; r < rows; r++) {
      target[at + r] = 1 / (1 + Math.exp(-(outputs[r * stride + offset] + logitShift)));
    }
    if (calibrator.isPresent()) {
      Calibrator fitted = calibrator.get();
      for (int r = at; r < at + rows; r++) {
        target[r] = fitted.calibrate(target[r]);
      }
    }
  }
}
