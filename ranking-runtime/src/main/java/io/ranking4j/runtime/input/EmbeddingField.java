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
 * @param pooling how several rows of the table become one; empty where there is just one
 */
public record EmbeddingField(
    String feature,
    int index,
    int table,
    int width,
    int offset,
    Side side,
    Optional<Pooling> pooling) {
  /** Whether an impression has any number of rows of the table, rather than one. */
  public boolean multiValued() {
    return pooling.isPresent();
  }
}
