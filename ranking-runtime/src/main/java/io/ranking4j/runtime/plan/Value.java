package io.ranking4j.runtime.plan;

import java.util.Collection;

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

  /** All their columns. */
  static int widths(Collection<Value> values) {
    int sum = 0;
    for (Value value : values) {
      sum += value.width();
    }
    return sum;
  }

  // Written out: what a record generates is put together when it is first called.
  @Override
  public boolean equals(Object other) {
    return other instanceof Value that && id == that.id && width == that.width;
  }

  @Override
  public int hashCode() {
    return 31 * id + width;
  }
}
