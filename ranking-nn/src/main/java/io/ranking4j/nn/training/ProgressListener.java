package io.ranking4j.nn.training;

/** Watches a training run; called on the thread that trains, so it must be quick. */
public interface ProgressListener {
  /**
   * After each step.
   *
   * @param epoch the epoch, the first being 1
   * @param batch the batch, the first being 1
   * @param batches the batches of an epoch
   * @param loss the joint loss of the batch
   */
  default void onBatch(int epoch, int batch, int batches, double loss) {}

  /** After each epoch, when it has been validated. */
  default void onEpoch(EpochReport report) {}
}
