package io.ranking4j.benchmarks.peer;

/** How a peer keeps and updates embedding tables. */
public enum TableSetting {
  /** Gradients as large as the tables, and Adam over all of them. */
  DENSE_ADAM,

  /** Sparse gradients, and plain stochastic gradient descent: no other optimiser takes them. */
  SPARSE_SGD,

  /**
   * Adam of the rows that a batch has, written by hand: those rows are gathered, are what the
   * gradient is taken by, and are put back.
   */
  LAZY_ADAM
}
