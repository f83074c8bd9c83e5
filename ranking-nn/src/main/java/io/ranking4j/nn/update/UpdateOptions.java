package io.ranking4j.nn.update;

import io.ranking4j.nn.gate.DataGate;
import io.ranking4j.nn.gate.LabelAgreement;
import io.ranking4j.nn.gate.ModelGate;
import java.util.List;
import java.util.Optional;

/**
 * What a slice and a model must be like, and how the training goes on. Immutable and safe to share.
 *
 * @param data limits of the slice
 * @param agreement of its labels with the current model
 * @param gates that the new model must pass
 * @param groupColumn the column of what rows may depend on each other by, usually the user; empty
 *     where each row is for itself
 * @param learningRateFactor what the learning rates of the trainer are multiplied by once there is
 *     a model to go on from, above 0
 */
public record UpdateOptions(
    DataGate data,
    LabelAgreement agreement,
    List<ModelGate> gates,
    Optional<String> groupColumn,
    double learningRateFactor) {
  /** All defaults: each row is for itself. */
  public static final UpdateOptions DEFAULT =
      new UpdateOptions(
          DataGate.DEFAULT, LabelAgreement.DEFAULT, ModelGate.DEFAULT, Optional.empty(), 1);

  /** Copies the list and checks the factor. */
  public UpdateOptions {
    gates = List.copyOf(gates);
    if (!(learningRateFactor > 0) || Double.isInfinite(learningRateFactor)) {
      throw new IllegalArgumentException(
          "learningRateFactor must be above 0, but was " + learningRateFactor);
    }
  }

  /** With other limits of the slice. */
  public UpdateOptions data(DataGate other) {
    return new UpdateOptions(other, agreement, gates, groupColumn, learningRateFactor);
  }

  /** With other gates for the new model. */
  public UpdateOptions gates(List<ModelGate> others) {
    return new UpdateOptions(data, agreement, others, groupColumn, learningRateFactor);
  }

  /** With rows that depend on each other where this column is the same. */
  public UpdateOptions groupColumn(String name) {
    return new UpdateOptions(data, agreement, gates, Optional.of(name), learningRateFactor);
  }

  /** With learning rates so many times those of the trainer. */
  public UpdateOptions learningRateFactor(double factor) {
    return new UpdateOptions(data, agreement, gates, groupColumn, factor);
  }
}
