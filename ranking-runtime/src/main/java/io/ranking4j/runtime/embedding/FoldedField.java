package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.schema.Pooling;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A feature whose embeddings have been multiplied by the first layer's weights: what a category
 * adds to the sums of a row is then one addition. A product is made when its category is first
 * seen, and kept. Safe to share: two threads may make the same one, with the same numbers.
 */
final class FoldedField {
  private static final VarHandle ROWS = MethodHandles.arrayElementVarHandle(float[][].class);

  private final EmbeddingField field;
  private final float[] table;
  private final float[][] weights;
  private final float @Nullable [][] products;
  private final boolean mean;

  /**
   * Folds nothing yet.
   *
   * @param weights the rows of the first layer's weights that the field's columns meet
   */
  FoldedField(EmbeddingField field, EmbeddingTable table, float[][] weights) {
    this.field = field;
    this.table = table.values();
    this.weights = weights;
    this.products = new float @Nullable [table.spec().rows()][];
    this.mean = field.pooling().isPresent() && field.pooling().get() == Pooling.MEAN;
  }

  EmbeddingField field() {
    return field;
  }

  /** What a row of the table adds; not to be written to. */
  float[] product(int tableRow) {
    float[] known = (float[]) ROWS.getAcquire(products, tableRow);
    return known == null ? make(tableRow) : known;
  }

  private float[] make(int tableRow) {
    float[] made = new float[weights[0].length];
    Sums.addProduct(made, table, tableRow * field.width(), weights);
    ROWS.setRelease(products, tableRow, made);
    return made;
  }

  /** Adds what the rows of the table of one row of a multi-valued field add. */
  void addAll(int[] ids, int[] offsets, int row, float[] sums) {
    int count = offsets[row + 1] - offsets[row];
    float share = mean ? 1f / count : 1f;
    for (int i = offsets[row]; i < offsets[row + 1]; i++) {
      Sums.addScaled(sums, share, product(ids[i]));
    }
  }
}
