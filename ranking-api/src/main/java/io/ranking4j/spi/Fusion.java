package io.ranking4j.spi;

import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import java.util.Map;
import java.util.Set;

/**
 * Makes one utility out of what the tasks predict for a candidate and of signals that the host adds
 * (price, bid, relevance). Immutable and safe to share. Not part of a model: changing it needs no
 * training.
 */
public interface Fusion {
  /** The id under which JSON names this kind of fusion. */
  String typeId();

  /** What a {@link FusionProvider} needs to make an equal fusion again. */
  Map<String, String> properties();

  /** The tasks it needs; a model without one of them is refused. */
  Set<String> tasks();

  /** The signals it needs; a candidate without one of them is refused. */
  Set<String> signals();

  /**
   * The utility of every candidate.
   *
   * @param predictions predictions and signals by column
   * @param utility receives {@code predictions.size()} finite numbers, greater is better
   */
  void fuse(CandidatePredictions predictions, double[] utility);

  /** Why a candidate has its utility: the contribution of each task and signal. */
  Explanation explain(CandidatePredictions predictions, int candidate);
}
