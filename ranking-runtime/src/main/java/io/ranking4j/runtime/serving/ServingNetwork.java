package io.ranking4j.runtime.serving;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Stem;
import java.util.List;
import java.util.Optional;

/**
 * A network with its tables, from encoded rows to outputs. Safe to share; each thread computes with
 * {@link Blocks} of its own. Owns native memory until closed, after which blocks must not run.
 */
public sealed interface ServingNetwork extends AutoCloseable permits StemNetwork, WholeNetwork {
  /**
   * Freezes a network: by parts of its first layer where it begins with products alone, as a whole
   * where it does not.
   *
   * @param layout what the columns of the input come from
   * @param tables its tables, shared
   * @param plan the network
   * @param parameters its parameters
   * @param states its running statistics
   * @param kernels what it runs with
   */
  static ServingNetwork of(
      InputLayout layout,
      List<EmbeddingTable> tables,
      Plan plan,
      float[] parameters,
      float[] states,
      Kernels kernels) {
    Optional<Stem> stem = Stem.of(plan, parameters, states);
    return stem.isPresent()
        ? new StemNetwork(layout, tables, stem.get(), parameters, states, kernels)
        : new WholeNetwork(layout, tables, plan, parameters, states, kernels);
  }

  /** The outputs of a row. */
  int outputWidth();

  /** Memory for one thread. */
  Blocks newBlocks();

  @Override
  void close();

  /** Computes blocks of rows. Owns its memory; used by one thread at a time. */
  interface Blocks extends AutoCloseable {
    /** The following rows are candidates of a request with this context. */
    void start(EncodedRows context);

    /** The following rows have both sides. */
    void start();

    /**
     * Computes rows.
     *
     * @param rows encoded rows, of the candidates or of both sides as was said at the start
     * @param from the first to be computed
     * @param count how many, at most {@link BlockSizes#LARGEST}
     * @return count x output width, overwritten by the next call
     */
    float[] run(EncodedRows rows, int from, int count);

    @Override
    void close();
  }
}
