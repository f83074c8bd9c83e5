package io.ranking4j.error;

import org.jspecify.annotations.Nullable;

/** A value, row, column or file of data is not what it was declared to be. */
public final class DataException extends RankingException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the thing, the limit and the actual value. */
  public DataException(String message) {
    super(ErrorCode.BAD_DATA, message);
  }

  /** Creates the exception with its cause. */
  public DataException(String message, @Nullable Throwable cause) {
    super(ErrorCode.BAD_DATA, message, cause);
  }
}
