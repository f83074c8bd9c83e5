package io.ranking4j.runtime.plan;

/**
 * A matrix inside a plan, with a row for each impression: the input, or what a step gives.
 *
 * @param id its place among the plan's values; 0 is the input
 * @param width its columns
 */
public record Value(int id, int width) {
  /** Refuses impossible ones. */
  public Value {
    if (id < 0 || width < 1) {
      throw new IllegalArgumentException("no value: id " + id + ", width " + width);
    }
  }
}
