package io.ranking4j.runtime;

import java.util.concurrent.Executor;

/**
 * How a shadow follows.
 *
 * @param share the share of requests that it scores, in (0, 1]; they are evenly spread
 * @param executor where it computes. It should be bounded: a request that it rejects with {@link
 *     java.util.concurrent.RejectedExecutionException} is counted and left out
 */
public record ShadowOptions(double share, Executor executor) {
  /** The share of requests when nothing else is said. */
  public static final double DEFAULT_SHARE = 0.01;

  /** Refuses a share outside of its range. */
  public ShadowOptions {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1], but was " + share);
    }
  }

  /** With the default share. */
  public static ShadowOptions of(Executor executor) {
    return new ShadowOptions(DEFAULT_SHARE, executor);
  }
}
