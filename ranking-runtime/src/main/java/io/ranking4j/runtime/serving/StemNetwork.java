package io.ranking4j.runtime.serving;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.embedding.FirstLayer;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.plan.FrozenPlan;
import io.ranking4j.runtime.plan.Stem;
import io.ranking4j.schema.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network whose first layer is taken apart: the context once a request, folded embeddings by
 * addition, and only the columns that are left by multiplication.
 */
final class StemNetwork implements ServingNetwork {
  private final FirstLayer first;
  private final FrozenPlan tail;
  private final Kernels kernels;

  /** The weights of the plain columns, those of the context first; null where there are none. */
  private final @Nullable Memory weights;

  private final int contextPlain;
  private final int candidatePlain;

  StemNetwork(
      InputLayout layout,
      List<EmbeddingTable> tables,
      Stem stem,
      float[] parameters,
      float[] states,
      Kernels kernels) {
    this.first = new FirstLayer(stem, layout, tables);
    this.kernels = kernels;
    this.tail = new FrozenPlan(stem.tail(), parameters, states, kernels);
    this.contextPlain = first.plainWidth(Side.CONTEXT);
    this.candidatePlain = first.plainWidth(Side.CANDIDATE);
    this.weights = contextPlain + candidatePlain == 0 ? null : weights();
  }

  private Memory weights() {
    float[] context = first.plainWeights(Side.CONTEXT);
    float[] candidate = first.plainWeights(Side.CANDIDATE);
    Memory memory = kernels.allocate(context.length + candidate.length);
    memory.write(0, context, 0, context.length);
    memory.write(context.length, candidate, 0, candidate.length);
    return memory;
  }

  @Override
  public int outputWidth() {
    return tail.plan().outputWidth();
  }

  @Override
  public Blocks newBlocks() {
    return new StemBlocks();
  }

  @Override
  public void close() {
    tail.close();
    if (weights != null) {
      weights.close();
    }
  }

  /** A tail for so many rows, and the product of the plain columns that ends where it begins. */
  private final class Block implements AutoCloseable {
    private final FrozenPlan.Execution execution;
    private final @Nullable Memory memory;
    private final @Nullable Op product;

    Block(int rows, int firstPlain, int plain, Matrix start) {
      execution = tail.execution(rows);
      if (plain == 0 || weights == null) {
        memory = null;
        product = null;
      } else {
        memory = kernels.allocate(rows * plain);
        product =
            kernels.dense(
                Matrix.of(memory, 0, rows, plain),
                Matrix.of(weights, firstPlain * first.width(), plain, first.width()),
                Epilogue.of(start, Activation.NONE),
                execution.input(),
                true);
      }
    }

    /** Multiplies plain columns; says whether there are any. */
    boolean multiply(float[] plain, int count) {
      if (memory == null || product == null) {
        return false;
      }
      memory.write(0, plain, 0, count);
      int entered = kernels.enter();
      try {
        product.run();
      } finally {
        kernels.leave(entered);
      }
      return true;
    }

    @Override
    public void close() {
      execution.close();
      if (memory != null) {
        memory.close();
      }
    }
  }

  private final class StemBlocks implements Blocks {
    /** What the product of the plain columns starts from: {@link #start}, for the kernels. */
    private final Memory startMemory = kernels.allocate(first.width());

    private final Matrix bias = Matrix.of(startMemory, 0, 1, first.width());
    private final BlockSizes<Block> ofCandidates =
        new BlockSizes<>(rows -> new Block(rows, contextPlain, candidatePlain, bias));
    private final BlockSizes<Block> ofBothSides =
        new BlockSizes<>(rows -> new Block(rows, 0, contextPlain + candidatePlain, bias));
    private final float[] start = new float[first.width()];
    private final float[] row = new float[first.width()];
    private final FirstLayer.Reader reader = first.newReader();
    private final float[] outputs = new float[BlockSizes.LARGEST * outputWidth()];
    private float[] plain = new float[BlockSizes.LARGEST * candidatePlain];
    private boolean bothSides;

    @Override
    public void start(EncodedRows ofContext) {
      bothSides = false;
      reader.start(ofContext, start);
      startMemory.write(0, start, 0, start.length);
    }

    @Override
    public void start() {
      bothSides = true;
      reader.start(start);
      startMemory.write(0, start, 0, start.length);
      int needed = BlockSizes.LARGEST * (contextPlain + candidatePlain);
      if (plain.length < needed) {
        plain = new float[needed];
      }
    }

    @Override
    public float[] run(EncodedRows rows, int from, int count) {
      reader.bind(rows);
      Block block = (bothSides ? ofBothSides : ofCandidates).of(count);
      boolean multiplied = block.multiply(plain, gather(from, count));
      Matrix x = block.execution.input();
      for (int r = 0; r < count; r++) {
        if (multiplied) {
          x.readRow(r, row);
        } else {
          System.arraycopy(start, 0, row, 0, row.length);
        }
        if (bothSides) {
          reader.addContext(from + r, row);
        }
        reader.finish(from + r, row);
        x.writeRow(r, row);
      }
      block.execution.run();
      Matrix y = block.execution.outputs();
      y.memory().read(y.offset(), outputs, 0, count * y.columns());
      return outputs;
    }

    /** Puts the plain columns of a block together; says how many floats they are. */
    private int gather(int from, int count) {
      int stride = bothSides ? contextPlain + candidatePlain : candidatePlain;
      if (bothSides) {
        reader.plain(Side.CONTEXT, from, count, plain, 0, stride);
      }
      reader.plain(Side.CANDIDATE, from, count, plain, stride - candidatePlain, stride);
      return count * stride;
    }

    @Override
    public void close() {
      ofCandidates.forEach(Block::close);
      ofBothSides.forEach(Block::close);
      startMemory.close();
    }
  }
}
