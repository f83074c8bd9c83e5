package io.ranking4j.fusion.search;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Says what to try next. A search keeps no state: what it proposes follows from its options, its
 * seed and the trials so far, so that a search is resumed by giving it the same trials. All are
 * immutable and safe to share.
 */
public interface Search {
  /** Its name in tables: {@code "bayesian"}. */
  String name();

  /**
   * Proposes points.
   *
   * @param trials all trials so far, pending ones among them; the first point of an empty list of
   *     trials is the baseline
   * @param count how many points, at least 1
   * @throws IllegalArgumentException where the count is below 1 or a trial lacks a metric
   */
  Proposal propose(SearchProblem problem, List<Trial> trials, int count);

  /**
   * Points to try.
   *
   * @param points as many as were asked for
   * @param expectedImprovement how much better than the best so far the first point is expected to
   *     be, in units of the objective; empty where the search does not say, as while it starts
   */
  record Proposal(List<double[]> points, OptionalDouble expectedImprovement) {
    /** Copies the list. */
    public Proposal {
      points = List.copyOf(points);
    }
  }
}
