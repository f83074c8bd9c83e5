package io.ranking4j.runtime;

import io.ranking4j.runtime.embedding.InputAssembler;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.plan.FrozenPlan;
import io.ranking4j.schema.Side;
import org.jspecify.annotations.Nullable;

/**
 * All the memory that scoring one request needs, kept from request to request. Candidates are
 * computed in blocks that stay in the cache, whatever their number; a block is padded to the next
 * size that there is an execution for. Used by one thread at a time.
 */
final class ScoringState implements AutoCloseable {
  private static final int[] BLOCK_ROWS = {1, 2, 4, 8, 16, 32, 48, 64, 80, 96, 112, 128};
  private static final int LARGEST = BLOCK_ROWS[BLOCK_ROWS.length - 1];

  private final FrozenPlan plan;
  private final InputAssembler assembler;
  private final FrozenPlan.@Nullable Execution[] executions =
      new FrozenPlan.@Nullable Execution[BLOCK_ROWS.length];
  private final EncodedRows context;
  private final EncodedRows candidates;
  private final float[] input;
  private final float[] outputs;

  ScoringState(FrozenPlan plan, InputAssembler assembler, FeatureEncoder encoder) {
    this.plan = plan;
    this.assembler = assembler;
    this.context = encoder.newContextRows();
    this.candidates = encoder.newCandidateRows();
    this.input = new float[LARGEST * assembler.layout().width()];
    this.outputs = new float[LARGEST * plan.plan().outputWidth()];
  }

  /** A buffer for the context of a request. */
  EncodedRows context() {
    return context;
  }

  /** A buffer for the candidates of a request. */
  EncodedRows candidates() {
    return candidates;
  }

  /** Receives the outputs of a block of rows. */
  @FunctionalInterface
  interface Sink {
    void accept(float[] outputs, int firstRow, int rows);
  }

  /** Computes all candidates of a request. */
  void request(EncodedRows ofContext, EncodedRows ofCandidates, Sink sink) {
    for (int from = 0; from < ofCandidates.rows(); from += LARGEST) {
      int rows = Math.min(LARGEST, ofCandidates.rows() - from);
      int width = assembler.layout().width();
      // The context is the same in every row: put together once, then copied.
      assembler.assemble(Side.CONTEXT, ofContext, 0, input, 0);
      int contextWidth = assembler.layout().contextWidth();
      for (int r = 0; r < rows; r++) {
        if (r > 0 && contextWidth > 0) {
          System.arraycopy(input, 0, input, r * width, contextWidth);
        }
        assembler.assemble(Side.CANDIDATE, ofCandidates, from + r, input, r * width);
      }
      run(rows, from, sink);
    }
  }

  /** Computes rows of a data set. */
  void rows(EncodedRows data, Sink sink) {
    for (int from = 0; from < data.rows(); from += LARGEST) {
      int rows = Math.min(LARGEST, data.rows() - from);
      int width = assembler.layout().width();
      for (int r = 0; r < rows; r++) {
        assembler.assemble(Side.CONTEXT, data, from + r, input, r * width);
        assembler.assemble(Side.CANDIDATE, data, from + r, input, r * width);
      }
      run(rows, from, sink);
    }
  }

  private void run(int rows, int firstRow, Sink sink) {
    FrozenPlan.Execution execution = execution(rows);
    execution
        .input()
        .memory()
        .write(execution.input().offset(), input, 0, rows * assembler.layout().width());
    execution.run();
    int stride = plan.plan().outputWidth();
    execution.outputs().memory().read(execution.outputs().offset(), outputs, 0, rows * stride);
    sink.accept(outputs, firstRow, rows);
  }

  private FrozenPlan.Execution execution(int rows) {
    int size = 0;
    while (BLOCK_ROWS[size] < rows) {
      size++;
    }
    FrozenPlan.Execution execution = executions[size];
    if (execution == null) {
      execution = plan.execution(BLOCK_ROWS[size]);
      executions[size] = execution;
    }
    return execution;
  }

  @Override
  public void close() {
    for (FrozenPlan.@Nullable Execution execution : executions) {
      if (execution != null) {
        execution.close();
      }
    }
  }
}
