package io.ranking4j.runtime;

import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Ranking;
import java.util.List;

/**
 * What was ranked in the time that there was. Immutable and safe to share.
 *
 * @param ranking the candidates that were scored, best first; their indexes are those of the
 *     request
 * @param unscored those for which there was no time, in the order of the request: a host shows them
 *     after the others, or not at all
 */
public record TimedRanking(Ranking ranking, List<Candidate> unscored) {
  /** Whether all candidates were scored. */
  public boolean complete() {
    return unscored.isEmpty();
  }
}
