package io.ranking4j.benchmarks.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a network down for a peer. Every method adds an operation and gives the name of what it
 * makes. Matrices have a row for each impression.
 */
interface GraphWriter {
  /** An input of ids, one or two dimensions, -1 for one that is free. */
  String ids(String name, long... shape);

  /** An input of numbers, any number of rows. */
  String numbers(String name, int columns);

  /** One row of an input of ids. */
  String row(String ids, int row);

  /** A table of embeddings, rows x width. */
  String table(String name, float[] values, int width);

  /** The rows of a table that the ids name: one dimension more than the ids have. */
  String embed(String table, String ids);

  /** The same numbers in two dimensions, with so many columns. */
  String columns(String x, int columns);

  /** Values side by side. */
  String concat(List<String> values);

  /** {@code x weights + bias} as stock layers have it; weights are in x out. */
  String dense(String name, String x, float[] weights, int out, float @Nullable [] bias);

  /** {@code x weights + row}, where the row, 1 x out, is computed too. */
  String denseOnto(String name, String x, float[] weights, int out, String row);

  /** {@code max(x, 0)}. */
  String relu(String x);

  /** {@code x}, where negative times the slope of the column. */
  String prelu(String name, String x, float[] slopes);

  /** The sum of two. */
  String add(String left, String right);

  /** Adds a number to each. */
  String shift(String name, String x, double number);

  /** {@code 1 / (1 + exp(-x))}. */
  String sigmoid(String x);

  /** Some columns. */
  String slice(String x, int from, int count);

  /** Makes a value the output, of so many columns; called once. */
  void output(String x, int columns);
}
