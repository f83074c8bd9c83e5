package io.ranking4j.runtime;

import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.TaskKind;
import io.ranking4j.task.Task;
import java.util.Optional;

/**
 * How the outputs of the network for one task become what the user is given: for a probability the
 * logit is shifted, which undoes the sampling of negatives and positive weights exactly, moved by
 * the task's intercept, made a probability, and calibrated. Immutable and safe to share as long as
 * the calibrator is.
 *
 * @param task the task
 * @param logitShift added to the logit of a probability: {@code ln(keep rate) - ln(positive
 *     weight)}; 0 for other tasks
 * @param intercept added to it as well: what makes the mean of the probabilities right where the
 *     steps of training left it off; 0 for other tasks
 * @param calibrator applied to the probability, if any
 */
public record TaskOutput(
    Task task, double logitShift, double intercept, Optional<Calibrator> calibrator) {
  /** Refuses a shift that is not finite, and a correction of what is no probability. */
  public TaskOutput {
    if (!Double.isFinite(logitShift) || !Double.isFinite(intercept)) {
      throw new IllegalArgumentException(
          "the logit shift and intercept of task '"
              + task.name()
              + "' must be finite, but were "
              + logitShift
              + " and "
              + intercept);
    }
    if (!task.kind().probability()
        && (logitShift != 0 || intercept != 0 || calibrator.isPresent())) {
      throw new IllegalArgumentException(
          "task '" + task.name() + "' predicts no probability, so it cannot be calibrated");
    }
  }

  /** The output of a task without any correction. */
  public static TaskOutput uncorrected(Task task) {
    return new TaskOutput(task, 0, 0, Optional.empty());
  }

  /**
   * With a calibrator fitted on the model's probabilities.
   *
   * @throws IllegalStateException where there is one already: the new one was fitted to what that
   *     makes of the probabilities, or would take its place unnoticed
   */
  public TaskOutput with(Calibrator fitted) {
    if (calibrator.isPresent()) {
      throw new IllegalStateException(
          "task '"
              + task.name()
              + "' already has a calibrator, of type '"
              + calibrator.get().typeId()
              + "': a second one would correct twice; fit it to the model without the first");
    }
    return new TaskOutput(task, logitShift, intercept, Optional.of(fitted));
  }

  /** Without a calibrator. */
  public TaskOutput withoutCalibrator() {
    return new TaskOutput(task, logitShift, intercept, Optional.empty());
  }

  /** With another intercept. */
  public TaskOutput intercept(double added) {
    return new TaskOutput(task, logitShift, added, calibrator);
  }

  /**
   * Predictions of rows, not yet calibrated.
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
    double shift = logitShift + intercept;
    for (int r = 0; r < rows; r++) {
      target[at + r] = 1 / (1 + Math.exp(-(outputs[r * stride + offset] + shift)));
    }
  }
}
