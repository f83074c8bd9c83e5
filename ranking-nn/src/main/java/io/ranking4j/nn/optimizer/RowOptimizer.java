package io.ranking4j.nn.optimizer;

import io.ranking4j.runtime.embedding.EmbeddingTable;

/**
 * How the rows of an embedding table are updated. Configuration: immutable and safe to share; what
 * it remembers of a table is in a {@link State}.
 */
public interface RowOptimizer {
  /** What it is called in provenance, with its options. */
  String describe();

  /** Starts remembering a table. */
  State start(EmbeddingTable table);

  /** What an optimiser remembers of one table. Used by one thread at a time. */
  interface State {
    /** Called once before the rows of each batch. */
    void nextStep();

    /**
     * Updates one row.
     *
     * @param row of the table
     * @param gradient the summed gradient of all occurrences of the row in the batch
     * @param at where it starts in there
     * @param rate the learning rate
     */
    void update(int row, float[] gradient, int at, double rate);
  }
}
