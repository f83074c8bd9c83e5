package io.ranking4j.runtime;

import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.input.EncodedRows;

/**
 * Sees what a {@link LiveRanker} does, for metrics. Its methods run on the threads of requests:
 * they must be fast, safe to be called by several threads at once, and throw nothing.
 */
public interface RankingObserver {
  /** Sees nothing. */
  RankingObserver NONE = new RankingObserver() {};

  /**
   * A request was encoded.
   *
   * @param model the model
   * @param context its context; to be read during the call only
   * @param candidates its candidates; to be read during the call only
   */
  default void encoded(RankingModel model, EncodedRows context, EncodedRows candidates) {}

  /**
   * A request was answered.
   *
   * @param candidates how many candidates it had
   * @param scored how many were scored: fewer where the time was too short
   * @param encodeNanos how long its features took to be encoded
   * @param scoreNanos how long the network took
   * @param fuseNanos how long fusing and sorting took
   */
  default void ranked(
      int candidates, int scored, long encodeNanos, long scoreNanos, long fuseNanos) {}

  /** A request ended in an exception, which its caller gets. */
  default void failed(RuntimeException cause) {}

  /** Another model answers the requests that begin from now on. */
  default void replaced(RankingModel model) {}

  /** A model was not taken; the one before it goes on. */
  default void refused(RankingModel model, RuntimeException cause) {}

  /**
   * A shadow has ranked a request too, on a thread of its executor.
   *
   * @param shadow the shadow's model
   * @param served what the request was answered
   * @param byShadow what the shadow would have
   */
  default void compared(RankingModel shadow, Ranking served, Ranking byShadow) {}
}
