package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
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
    this.mean = field.pooling().filter(pooling -> pooling == Pooling.MEAN).isPresent();
  }

  boolean multiValued() {
    return field.multiValued();
  }

  /** What the one category of a row adds; not to be written to. */
  float[] of(EncodedRows rows, int row) {
    return product(rows.ids(field.index())[row]);
  }

  /** Adds what the categories of a row of a multi-valued field add. */
  void addAll(EncodedRows rows, int row, float[] sums) {
    int[] ids = rows.ids(field.index());
    int[] offsets = rows.offsets(field.index());
    int count = offsets[row + 1] - offsets[row];
    float share = mean ? 1f / count : 1f;
    for (int i = offsets[row]; i < offsets[row + 1]; i++) {
      Sums.addScaled(sums, share, product(ids[i]));
    }
  }

  private float[] product(int category) {
    float[] known = (float[]) ROWS.getAcquire(products, category);
    if (known != null) {
      return known;
    }
    float[] made = new float[weights[0].length];
    Sums.addProduct(made, table, category * field.width(), weights);
    ROWS.setRelease(products, category, made);
    return made;
  }
}
