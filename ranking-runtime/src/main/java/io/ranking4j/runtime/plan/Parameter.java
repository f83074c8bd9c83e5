package io.ranking4j.runtime.plan;

/**
 * A learned matrix of a plan, at a fixed place in the one array that holds all of them.
 *
 * @param name unique in the plan
 * @param offset where it starts in the array of parameters, in floats
 * @param rows its rows
 * @param columns its columns
 * @param start where it starts before training
 */
public record Parameter(String name, int offset, int rows, int columns, Start start) {
  /** How many floats it has. */
  public int size() {
    return rows * columns;
  }
}
