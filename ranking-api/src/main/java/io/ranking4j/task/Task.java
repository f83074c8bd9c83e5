package io.ranking4j.task;

import io.ranking4j.spi.TaskKind;
import java.util.Optional;

/**
 * One action (or value) to predict. Immutable; the methods that look like setters return a changed
 * copy.
 *
 * @param name what the task, its output and its metrics are called
 * @param kind what is predicted, and with which loss
 * @param label the column of the label
 * @param space the rows it learns from
 * @param lossWeight its share of the joint loss, at least 0
 * @param positiveWeight how often a positive counts in the loss, above 0; the model undoes what
 *     this does to the probability
 * @param negativeKeepRate the share of the task's own negatives that the training data kept, in (0,
 *     1]; the model undoes it. For rows sampled for all tasks at once see {@link
 *     io.ranking4j.dataset.NegativeSampling}
 * @param mask a column with the weight of each row in the loss of this task: 0 where it does not
 *     learn from the row, 1 where it does
 * @param residual the task it depends on, and what it takes over from there
 */
public record Task(
    String name,
    TaskKind kind,
    String label,
    LabelSpace space,
    double lossWeight,
    double positiveWeight,
    double negativeKeepRate,
    Optional<String> mask,
    Optional<Residual> residual) {
  /** Checks every part. */
  public Task {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a task must not be blank");
    }
    if (label.isBlank()) {
      throw new IllegalArgumentException("the label of task '" + name + "' must not be blank");
    }
    if (!(lossWeight >= 0) || !Double.isFinite(lossWeight)) {
      throw new IllegalArgumentException(
          "the loss weight of task '"
              + name
              + "' must be finite and at least 0, but was "
              + lossWeight);
    }
    if (!(positiveWeight > 0) || !Double.isFinite(positiveWeight)) {
      throw new IllegalArgumentException(
          "the positive weight of task '"
              + name
              + "' must be finite and above 0, but was "
              + positiveWeight);
    }
    if (!(negativeKeepRate > 0 && negativeKeepRate <= 1)) {
      throw new IllegalArgumentException(
          "the negative keep rate of task '"
              + name
              + "' must be in (0, 1], but was "
              + negativeKeepRate);
    }
    if (!kind.probability() && (positiveWeight != 1 || negativeKeepRate != 1)) {
      throw new IllegalArgumentException(
          "task '"
              + name
              + "' is of kind '"
              + kind.typeId()
              + "', which has no positives: positive weight and negative keep rate must be 1, but"
              + " were "
              + positiveWeight
              + " and "
              + negativeKeepRate);
    }
  }

  /** A yes-or-no task whose label is the column of the same name. */
  public static Task binary(String name) {
    return of(name, BinaryKind.INSTANCE);
  }

  /** A task of any kind whose label is the column of the same name. */
  public static Task of(String name, TaskKind kind) {
    return new Task(
        name, kind, name, LabelSpace.impressions(), 1, 1, 1, Optional.empty(), Optional.empty());
  }

  /** With the label in another column. */
  public Task label(String column) {
    return new Task(
        name, kind, column, space, lossWeight, positiveWeight, negativeKeepRate, mask, residual);
  }

  /** Learning only from rows where another task's label is positive. */
  public Task given(String task) {
    return new Task(
        name,
        kind,
        label,
        LabelSpace.given(task),
        lossWeight,
        positiveWeight,
        negativeKeepRate,
        mask,
        residual);
  }

  /** With another share of the joint loss. */
  public Task lossWeight(double weight) {
    return new Task(
        name, kind, label, space, weight, positiveWeight, negativeKeepRate, mask, residual);
  }

  /** With positives counting more (or less) often. */
  public Task positiveWeight(double weight) {
    return new Task(name, kind, label, space, lossWeight, weight, negativeKeepRate, mask, residual);
  }

  /** Whose own negatives were kept at this rate. */
  public Task negativeKeepRate(double rate) {
    return new Task(name, kind, label, space, lossWeight, positiveWeight, rate, mask, residual);
  }

  /** Learning from each row as much as this column says: 0 for not at all, 1 as ever. */
  public Task mask(String column) {
    return new Task(
        name,
        kind,
        label,
        space,
        lossWeight,
        positiveWeight,
        negativeKeepRate,
        Optional.of(column),
        residual);
  }

  /** Depending on another task, with features of every hidden layer and the logit taken over. */
  public Task residualFrom(String parent) {
    return residual(Residual.both(parent));
  }

  /** Depending on another task. */
  public Task residual(Residual link) {
    return new Task(
        name,
        kind,
        label,
        space,
        lossWeight,
        positiveWeight,
        negativeKeepRate,
        mask,
        Optional.of(link));
  }
}
