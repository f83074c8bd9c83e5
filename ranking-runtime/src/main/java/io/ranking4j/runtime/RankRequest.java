package io.ranking4j.runtime;

import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import java.util.List;

/**
 * A request. Immutable and safe to share.
 *
 * @param context the features of the user, the query, the moment
 * @param candidates what is to be ranked, copied
 */
public record RankRequest(Features context, List<Candidate> candidates) {
  /** Copies the candidates. */
  public RankRequest {
    candidates = List.copyOf(candidates);
  }
}
