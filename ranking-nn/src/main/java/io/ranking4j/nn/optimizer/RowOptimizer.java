package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.state.Stateful;
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

  /**
   * How many floats it keeps of each row in memory that is given to {@link #start(EmbeddingTable,
   * RowMemory)}: 0, as here, for one that keeps what it needs itself.
   *
   * @param width of the table
   */
  default int memory(int width) {
    return 0;
  }

  /**
   * Starts remembering a table.
   *
   * @param table whose rows will be updated
   * @param memory of its rows: the first {@link #memory} floats of each are for this, the others
   *     belong to somebody else
   */
  default State start(EmbeddingTable table, RowMemory memory) {
    return start(table);
  }

  /**
   * What an optimiser remembers of one table. The rows of one batch may be updated by several
   * threads at once, each row by one of them only. What is in a {@link RowMemory} is saved by whom
   * that belongs to, all else by this.
   */
  interface State extends Stateful {
    /** Called once before the rows of each batch, by one thread. */
    void nextStep();

    /**
     * Called for some rows shortly before they are updated. The rows of the table itself and what
     * is in a {@link RowMemory} have been read then. An implementation may read from where else it
     * keeps what belongs to the row, and add up what it reads: in a table larger than the caches
     * the processor then waits for the memory of many rows at once, not of one after the other.
     *
     * @param row of the table
     * @return of no meaning; asked for so that the reading is not optimised away
     */
    default float preload(int row) {
      return 0;
    }

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
