package io.ranking4j.ranking;

/**
 * A candidate in its final place.
 *
 * @param id the host's id of it
 * @param position its final place, 0 the first
 * @param rankedPosition its place before any rule
 * @param index its place among the candidates that were given
 * @param utility what it was ranked by before any rule
 * @param explanation what every rule did to it
 */
public record Placement(
    String id,
    int position,
    int rankedPosition,
    int index,
    double utility,
    Explanation explanation) {}
