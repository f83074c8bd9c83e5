package io.ranking4j.runtime.serving;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.embedding.FirstLayer;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
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
 * addition, and only the columns that are left by multiplication. The sums of the additions are
 * written to where the tail begins; the products are then added to them there, and end with the
 * activations and residuals.
 */
final class StemNetwork implements ServingNetwork {
  private final FirstLayer first;
  private final List<Stem.Group> groups;
  private final FrozenPlan tail;
  private final Kernels kernels;

  /**
   * The weights of the plain columns, those of the context first, and a row of zeros for products
   * without any; then slopes, scales and shifts, a row each.
   */
  private final Memory constants;

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
    this.groups = stem.groups();
    this.kernels = kernels;
    this.tail = new FrozenPlan(stem.tail(), parameters, states, kernels);
    this.contextPlain = first.plainWidth(Side.CONTEXT);
    this.candidatePlain = first.plainWidth(Side.CANDIDATE);
    this.constants = kernels.allocate((slopes() + 3) * first.width());
    float[] context = first.plainWeights(Side.CONTEXT);
    float[] candidate = first.plainWeights(Side.CANDIDATE);
    constants.write(0, context, 0, context.length);
    constants.write(context.length, candidate, 0, candidate.length);
    for (Stem.Group group : groups) {
      write(slopes(), group, group.slopes());
      write(slopes() + 1, group, group.scales());
      write(slopes() + 2, group, group.shifts());
    }
  }

  /** The row of the constants that has the zeros. */
  private int zeros() {
    return contextPlain + candidatePlain;
  }

  /** The row that has the slopes; those of scales and shifts follow it. */
  private int slopes() {
    return zeros() + 1;
  }

  private void write(int row, Stem.Group group, float[] values) {
    constants.write(row * first.width() + group.column(), values, 0, values.length);
  }

  /** Rows of the constants, the columns of a group. */
  private Matrix constants(int from, int count, Stem.Group group) {
    int width = first.width();
    return Matrix.of(constants, from * width, count, width).columns(group.column(), group.width());
  }

  private @Nullable Matrix vector(int row, Stem.Group group, float[] values) {
    return values.length == 0 ? null : constants(row, 1, group);
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
    constants.close();
  }

  /** A tail for so many rows, and the products of the plain columns that end where it begins. */
  private final class Block implements AutoCloseable {
    private final FrozenPlan.Execution execution;
    private final Memory plain;
    private final Op[] products;

    /** Multiplies {@code count} plain columns by the weights from row {@code from} on. */
    Block(int rows, int from, int count) {
      execution = tail.execution(rows);
      // Where there are no columns, products of zeros bring the activations along.
      int columns = Math.max(count, 1);
      plain = kernels.allocate(rows * columns);
      Matrix x = Matrix.of(plain, 0, rows, columns);
      products = new Op[groups.size()];
      for (int g = 0; g < products.length; g++) {
        Stem.Group group = groups.get(g);
        products[g] = product(x, constants(count == 0 ? zeros() : from, columns, group), group);
      }
    }

    private Op product(Matrix x, Matrix weights, Stem.Group group) {
      Matrix sums = execution.input().columns(group.column(), group.width());
      Epilogue epilogue =
          new Epilogue(
              sums,
              group.activation(),
              vector(slopes(), group, group.slopes()),
              vector(slopes() + 1, group, group.scales()),
              vector(slopes() + 2, group, group.shifts()),
              group.residual() == Stem.Group.NO_RESIDUAL
                  ? null
                  : execution.input().columns(group.residual(), group.width()));
      return kernels.dense(x, weights, epilogue, sums, true);
    }

    /** Finishes the sums that stand in the tail's input, and runs the tail. */
    void run(float[] columns, int count) {
      plain.write(0, columns, 0, count);
      int entered = kernels.enter();
      try {
        for (Op product : products) {
          product.run();
        }
      } finally {
        kernels.leave(entered);
      }
      execution.run();
    }

    @Override
    public void close() {
      execution.close();
      plain.close();
    }
  }

  private final class StemBlocks implements Blocks {
    private final BlockSizes<Block> ofCandidates =
        new BlockSizes<>(rows -> new Block(rows, contextPlain, candidatePlain));
    private final BlockSizes<Block> ofBothSides =
        new BlockSizes<>(rows -> new Block(rows, 0, contextPlain + candidatePlain));
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
    }

    @Override
    public void start() {
      bothSides = true;
      reader.start(start);
      int needed = BlockSizes.LARGEST * (contextPlain + candidatePlain);
      if (plain.length < needed) {
        plain = new float[needed];
      }
    }

    @Override
    public float[] run(EncodedRows rows, int from, int count) {
      reader.bind(rows);
      Block block = (bothSides ? ofBothSides : ofCandidates).of(count);
      Matrix sums = block.execution.input();
      for (int r = 0; r < count; r++) {
        reader.sum(from + r, start, row);
        sums.writeRow(r, row);
      }
      block.run(plain, gather(from, count));
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
    }
  }
}
