package io.ranking4j.data.simulator;

import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import java.util.List;

/**
 * One request of a simulated log, as a host application would hand it to a ranker. Immutable and
 * safe to share.
 *
 * @param id its value in the column {@code request_id}
 * @param firstRow the row of its first candidate within the split; the others follow
 * @param context the features of the context
 * @param candidates the items in the order of the log, with the item's id as id and its price as
 *     the signal {@code "price"}
 */
public record SimulatedRequest(
    String id, int firstRow, Features context, List<Candidate> candidates) {
  /** Copies the candidates. */
  public SimulatedRequest {
    candidates = List.copyOf(candidates);
  }
}
