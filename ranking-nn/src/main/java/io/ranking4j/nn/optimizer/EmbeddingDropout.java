package io.ranking4j.nn.optimizer;

/**
 * Embeddings that training leaves out by chance, whole, so that a network does not rely on single
 * ids. What is left is scaled by {@code 1 / (1 - rate)}; serving leaves out nothing.
 *
 * @param rate the share that is left out, in [0, 1)
 * @param unit what is left out together
 */
public record EmbeddingDropout(double rate, Unit unit) {
  /** Nothing is left out. */
  public static final EmbeddingDropout NONE = new EmbeddingDropout(0, Unit.FIELD);

  /** What is left out together. */
  public enum Unit {
    /** A field of an impression: all that it takes from the field's table. */
    FIELD,
    /**
     * A row of a table, wherever the batch has it (word types in Gal and Ghahramani 2016). Many
     * impressions of a batch share the rows of a small table.
     */
    ROW,
    /**
     * A field of an impression is read as a value that the vocabulary does not know: the shared row
     * learns to stand for any value. Nothing is scaled.
     */
    UNKNOWN
  }

  /** Refuses a rate that leaves nothing. */
  public EmbeddingDropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("rate must be in [0, 1), but was " + rate);
    }
  }

  /** Whether what is left is scaled: a table cannot be multiplied as a whole then. */
  public boolean scales() {
    return rate > 0 && unit != Unit.UNKNOWN;
  }
}
