package io.ranking4j.ranking;

import java.util.Map;

/**
 * A candidate in its place.
 *
 * @param id the host's id of it
 * @param position its place, 0 the best
 * @param index its place among the candidates that were given
 * @param utility what it was ranked by
 * @param predictions by task, its calibrated probability or value, in the model's order
 */
public record RankedCandidate(
    String id, int position, int index, double utility, Map<String, Double> predictions) {}
