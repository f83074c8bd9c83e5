package io.ranking4j.nn.training;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import java.util.List;

/**
 * All learned numbers at one moment: copies.
 *
 * @param parameters of the network
 * @param states its running statistics
 * @param tables the embeddings
 */
record Weights(float[] parameters, float[] states, List<EmbeddingTable> tables) {
  static Weights copyOf(float[] parameters, float[] states, List<EmbeddingTable> tables) {
    return new Weights(
        parameters.clone(),
        states.clone(),
        tables.stream()
            .map(table -> new EmbeddingTable(table.spec(), table.values().clone()))
            .toList());
  }
}
