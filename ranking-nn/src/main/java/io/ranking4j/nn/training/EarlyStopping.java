package io.ranking4j.nn.training;

import java.util.Optional;

/**
 * When training ends before its last epoch, and which epoch's weights are kept: those of the best
 * validation quality. The quality of a task is its AUC where it predicts a probability, else the
 * share of the labels' variance that it explains.
 *
 * @param task the task that is watched; empty for the mean of all
 * @param patience epochs without a better one after which training ends, at least 1
 */
public record EarlyStopping(Optional<String> task, int patience) {
  /** Epochs without a better one when nothing else is said. */
  public static final int DEFAULT_PATIENCE = 2;

  /** Refuses a patience below 1. */
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be at least 1, but was " + patience);
    }
  }

  /** Watches the mean quality of all tasks. */
  public static EarlyStopping onMean() {
    return new EarlyStopping(Optional.empty(), DEFAULT_PATIENCE);
  }

  /** Watches one task. */
  public static EarlyStopping on(String task) {
    return new EarlyStopping(Optional.of(task), DEFAULT_PATIENCE);
  }

  /** With another patience. */
  public EarlyStopping patience(int epochs) {
    return new EarlyStopping(task, epochs);
  }
}
