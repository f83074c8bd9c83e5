package io.ranking4j.runtime.input;

import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.Side;
import java.util.Optional;

/**
 * A feature whose columns of the input come from an embedding table.
 *
 * @param feature its name
 * @param index its place in {@link InputLayout#embeddings()}, and in {@link EncodedRows}
 * @param table the place of its table in {@link InputLayout#tables()}
 * @param width its columns
 * @param offset its first column of the input
 * @param side where its value comes from in a request
 * @param part the side among whose columns it is: that of its value, but the candidate's where the
 *     context's list is pooled by its likeness to the candidate
 * @param pooling how several rows of the table become one; empty where there is just one
 * @param query with {@link Pooling.Attention}, the index of the field that it is pooled by; else -1
 */
public record EmbeddingField(
    String feature,
    int index,
    int table,
    int width,
    int offset,
    Side side,
    Side part,
    Optional<Pooling> pooling,
    int query) {
  /** What {@link #query} is where a field is not pooled by another. */
  public static final int NO_QUERY = -1;

  /** Whether an impression has any number of rows of the table, rather than one. */
  public boolean multiValued() {
    return pooling.isPresent();
  }

  /** Whether it is pooled by its likeness to another field. */
  public boolean attends() {
    return query != NO_QUERY;
  }

  /** What the inner products of attention are multiplied by. */
  public float attentionScale() {
    return pooling.orElseThrow() instanceof Pooling.Attention attention
        ? (float) (attention.sharpness() / Math.sqrt(width))
        : 1;
  }
}
