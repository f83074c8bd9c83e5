package io.ranking4j.error;

import org.jspecify.annotations.Nullable;

/** A model file cannot be used: truncated, altered, too new, or no model file. */
public final class ModelFileException extends RankingException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the thing, the limit and the actual value. */
  public ModelFileException(String message) {
    super(ErrorCode.BAD_MODEL_FILE, message);
  }

  /** Creates the exception with its cause. */
  public ModelFileException(String message, @Nullable Throwable cause) {
    super(ErrorCode.BAD_MODEL_FILE, message, cause);
  }
}
