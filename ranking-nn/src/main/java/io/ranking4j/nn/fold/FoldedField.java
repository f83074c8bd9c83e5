package io.ranking4j.nn.fold;

import io.ranking4j.runtime.embedding.Sums;
import io.ranking4j.runtime.input.EmbeddingField;
import java.util.Arrays;

/**
 * A feature whose table is multiplied by its rows of the first weights once a step, so that each
 * row of a batch adds what its category gives, and the gradients of a category's products are
 * summed over the batch before they are multiplied.
 */
final class FoldedField {
  private final EmbeddingField field;
  private final float[] table;
  private final float[][] products;
  private final float[][] gradients;
  private final boolean[] touched;
  private final float[] tableGradient;

  FoldedField(EmbeddingField field, float[] table, int width) {
    int rows = table.length / field.width();
    this.field = field;
    this.table = table;
    this.products = new float[rows][width];
    this.gradients = new float[rows][width];
    this.touched = new boolean[rows];
    this.tableGradient = new float[table.length];
  }

  EmbeddingField field() {
    return field;
  }

  int rows() {
    return touched.length;
  }

  /** The table itself, which training writes to. */
  float[] table() {
    return table;
  }

  /** What each row of the table adds. */
  float[][] products() {
    return products;
  }

  /** The derivatives by the products; those of rows that were not touched are undefined. */
  float[][] gradients() {
    return gradients;
  }

  boolean touched(int row) {
    return touched[row];
  }

  /** The derivative by the table, row after row. */
  float[] tableGradient() {
    return tableGradient;
  }

  /** Before the gradients of another batch. */
  void clear() {
    Arrays.fill(touched, false);
  }

  /** Adds to the derivative by a product. */
  void add(int row, float[] gradient) {
    if (touched[row]) {
      Sums.add(gradients[row], gradient);
    } else {
      touched[row] = true;
      System.arraycopy(gradient, 0, gradients[row], 0, gradient.length);
    }
  }
}
