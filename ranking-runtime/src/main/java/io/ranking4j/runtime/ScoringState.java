package io.ranking4j.runtime;

import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.serving.BlockSizes;
import io.ranking4j.runtime.serving.ServingNetwork;

/**
 * All the memory that scoring one request needs, kept from request to request. Used by one thread
 * at a time.
 */
final class ScoringState implements AutoCloseable {
  private final ServingNetwork.Blocks blocks;
  private final EncodedRows context;
  private final EncodedRows candidates;
  private int[] orderScratch = new int[0];

  ScoringState(ServingNetwork network, FeatureEncoder encoder) {
    this.blocks = network.newBlocks();
    this.context = encoder.newContextRows();
    this.candidates = encoder.newCandidateRows();
  }

  /** A buffer for the context of a request. */
  EncodedRows context() {
    return context;
  }

  /** A buffer for the candidates of a request. */
  EncodedRows candidates() {
    return candidates;
  }

  /** What {@link Order} needs for so many candidates. */
  int[] orderScratch(int count) {
    if (orderScratch.length < count) {
      orderScratch = new int[count];
    }
    return orderScratch;
  }

  /** Receives the outputs of a block of rows. */
  @FunctionalInterface
  interface Sink {
    void accept(float[] outputs, int firstRow, int rows);
  }

  /** Computes all candidates of a request. */
  void request(EncodedRows ofContext, EncodedRows ofCandidates, Sink sink) {
    request(ofContext, ofCandidates, Deadline.NONE, sink);
  }

  /**
   * Computes candidates of a request block by block, until the deadline; the first block always.
   *
   * @return how many were computed
   */
  int request(EncodedRows ofContext, EncodedRows ofCandidates, Deadline deadline, Sink sink) {
    blocks.start(ofContext);
    return run(ofCandidates, deadline, sink);
  }

  /** Computes rows of a data set. */
  void rows(EncodedRows data, Sink sink) {
    blocks.start();
    run(data, Deadline.NONE, sink);
  }

  private int run(EncodedRows rows, Deadline deadline, Sink sink) {
    for (int from = 0; from < rows.rows(); from += BlockSizes.LARGEST) {
      if (from > 0 && deadline.passed()) {
        return from;
      }
      int count = Math.min(BlockSizes.LARGEST, rows.rows() - from);
      sink.accept(blocks.run(rows, from, count), from, count);
    }
    return rows.rows();
  }

  @Override
  public void close() {
    blocks.close();
  }
}
