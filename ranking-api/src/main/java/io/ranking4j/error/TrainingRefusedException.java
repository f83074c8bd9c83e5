package io.ranking4j.error;

import org.jspecify.annotations.Nullable;

/** Training was asked for something that cannot give a usable model. */
public final class TrainingRefusedException extends RankingException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the thing, the limit and the actual value. */
  public TrainingRefusedException(String message) {
    super(ErrorCode.TRAINING_REFUSED, message);
  }

  /** Creates the exception with its cause. */
  public TrainingRefusedException(String message, @Nullable Throwable cause) {
    super(ErrorCode.TRAINING_REFUSED, message, cause);
  }
}
