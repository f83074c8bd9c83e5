package io.ranking4j.nn.training;

import io.ranking4j.error.ErrorCode;
import io.ranking4j.error.RankingException;

/** The loss, or what was learned, is no longer a finite number; nothing of the run is kept. */
public final class TrainingDivergedException extends RankingException {
  private static final long serialVersionUID = 1L;

  private final long step;
  private final int epoch;
  private final int batch;

  /** With what it is that must be finite, and what it was instead. */
  TrainingDivergedException(String what, double value, long step, int epoch, int batch) {
    super(
        ErrorCode.TRAINING_DIVERGED,
        what
            + " must be finite, but was "
            + value
            + " at step "
            + step
            + " (batch "
            + batch
            + " of epoch "
            + epoch
            + "); lower the learning rate, or look for extreme values among the numeric features");
    this.step = step;
    this.epoch = epoch;
    this.batch = batch;
  }

  /** The step since the beginning, the first being 1. */
  public long step() {
    return step;
  }

  /** The epoch, the first being 1. */
  public int epoch() {
    return epoch;
  }

  /** The batch of the epoch, the first being 1. */
  public int batch() {
    return batch;
  }
}
