package io.ranking4j.error;

import org.jspecify.annotations.Nullable;

/** The device or kernel that was asked for is not there; nothing is chosen in its place. */
public final class UnavailableException extends RankingException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the thing, the limit and the actual value. */
  public UnavailableException(String message) {
    super(ErrorCode.UNAVAILABLE, message);
  }

  /** Creates the exception with its cause. */
  public UnavailableException(String message, @Nullable Throwable cause) {
    super(ErrorCode.UNAVAILABLE, message, cause);
  }
}
