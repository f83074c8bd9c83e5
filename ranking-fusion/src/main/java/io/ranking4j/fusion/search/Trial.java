package io.ranking4j.fusion.search;

import java.util.Map;

/**
 * A point that was tried, or is being tried. Immutable.
 *
 * @param point by the names of its space; copied
 * @param outcomes by metric; empty while it is pending
 * @param batch the batch in which it ran
 * @param time when it ran, in the caller's unit of time; 0 where time plays no part
 */
public record Trial(double[] point, Map<String, Measurement> outcomes, int batch, double time) {
  /** Copies the values. */
  public Trial {
    point = point.clone();
    outcomes = Map.copyOf(outcomes);
  }

  /** A point with its outcomes, where batch and time play no part. */
  public static Trial of(double[] point, Map<String, Measurement> outcomes) {
    return new Trial(point, outcomes, 0, 0);
  }

  /** A point whose outcomes are not known yet. */
  public static Trial pending(double[] point) {
    return new Trial(point, Map.of(), 0, 0);
  }

  /** Returns a copy of the point. */
  @Override
  public double[] point() {
    return point.clone();
  }

  /** Returns whether outcomes are still to come. */
  public boolean isPending() {
    return outcomes.isEmpty();
  }

  double[] sharedPoint() {
    return point;
  }
}
