package io.ranking4j.spi;

import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Placement;
import io.ranking4j.ranking.Ranking;
import java.util.List;

/**
 * The stage after the score: gives every candidate of a ranking its final place, by rules that look
 * at the page as a whole (diversity, quotas, pinned places). Safe to share between threads.
 */
@FunctionalInterface
public interface Reranking {
  /**
   * Places candidates.
   *
   * @param ranking the candidates by utility
   * @param candidates as they were given, with the host's signals; a {@link Placement#index()} is a
   *     place in this list
   * @return every candidate once, the first place first
   */
  List<Placement> place(Ranking ranking, List<Candidate> candidates);
}
