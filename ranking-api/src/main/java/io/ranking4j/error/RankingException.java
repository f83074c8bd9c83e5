package io.ranking4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of what this library throws about data, names, files and training. Misuse of a method
 * (an argument out of range, a call after close) is an {@link IllegalArgumentException} or {@link
 * IllegalStateException} instead, and failing input or output a {@link java.io.IOException}.
 */
public class RankingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** Creates an exception of the given code. */
  public RankingException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /** Creates an exception of the given code, with its cause. */
  public RankingException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What kind of failure this is. */
  public final ErrorCode code() {
    return code;
  }
}
