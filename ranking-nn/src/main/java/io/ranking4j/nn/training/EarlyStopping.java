package io.ranking4j.nn.training;

import java.util.Optional;

/**
 * When training ends before its last epoch, and which epoch's weights are kept: those of the best
 * validation quality. The quality of a task is its AUC where it predicts a probability, else the
 * share of the labels' variance that it explains.
 *
 * @param task the task that is watched; empty for the mean of all
 * @param perTask whether tasks whose networks share nothing, as those of {@code single-task}, each
 *     keep the weights of their own best epoch; tasks that share layers or embeddings keep those
 *     that are best for the mean of them
 * @param patience epochs without anything better after which training ends, at least 1
 */
public record EarlyStopping(Optional<String> task, boolean perTask, int patience) {
  /** Epochs without a better one when nothing else is said. */
  public static final int DEFAULT_PATIENCE = 2;

  /** Refuses a patience below 1, and one task that is watched for each. */
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be at least 1, but was " + patience);
    }
    if (perTask && task.isPresent()) {
      throw new IllegalArgumentException(
          "either each task is watched or one, but was each and '" + task.get() + "'");
    }
  }

  /** Watches the mean quality of all tasks. */
  public static EarlyStopping onMean() {
    return new EarlyStopping(Optional.empty(), false, DEFAULT_PATIENCE);
  }

  /** Watches one task. */
  public static EarlyStopping on(String task) {
    return new EarlyStopping(Optional.of(task), false, DEFAULT_PATIENCE);
  }

  /** Watches each task, or the mean of those that share anything. */
  public static EarlyStopping onEach() {
    return new EarlyStopping(Optional.empty(), true, DEFAULT_PATIENCE);
  }

  /** With another patience. */
  public EarlyStopping patience(int epochs) {
    return new EarlyStopping(task, perTask, epochs);
  }
}
