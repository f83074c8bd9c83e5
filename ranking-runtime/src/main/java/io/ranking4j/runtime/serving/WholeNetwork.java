package io.ranking4j.runtime.serving;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.embedding.InputAssembler;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.plan.FrozenPlan;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.schema.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network that reads its whole input, put together for every row. */
final class WholeNetwork implements ServingNetwork {
  private final InputAssembler assembler;
  private final FrozenPlan plan;

  WholeNetwork(
      InputLayout layout,
      List<EmbeddingTable> tables,
      Plan plan,
      float[] parameters,
      float[] states,
      Kernels kernels) {
    this.assembler = new InputAssembler(layout, tables);
    this.plan = new FrozenPlan(plan, parameters, states, kernels);
  }

  @Override
  public int outputWidth() {
    return plan.plan().outputWidth();
  }

  @Override
  public Blocks newBlocks() {
    return new WholeBlocks();
  }

  @Override
  public void close() {
    plan.close();
  }

  private final class WholeBlocks implements Blocks {
    private final BlockSizes<FrozenPlan.Execution> executions = new BlockSizes<>(plan::execution);
    private final int width = assembler.layout().width();
    private final int contextWidth = assembler.layout().contextWidth();
    private final float[] context = new float[width];
    private final float[] input = new float[BlockSizes.LARGEST * width];
    private final float[] outputs = new float[BlockSizes.LARGEST * outputWidth()];
    private @Nullable EncodedRows contextRow;
    private boolean bothSides;

    @Override
    public void start(EncodedRows ofContext) {
      bothSides = false;
      contextRow = ofContext;
      assembler.assemble(Side.CONTEXT, ofContext, 0, context, 0);
    }

    @Override
    public void start() {
      bothSides = true;
      contextRow = null;
    }

    @Override
    public float[] run(EncodedRows rows, int from, int count) {
      if (bothSides) {
        assembler.assemble(Side.CONTEXT, rows, from, count, input, 0);
      } else {
        for (int r = 0; r < count; r++) {
          System.arraycopy(context, 0, input, r * width, contextWidth);
        }
      }
      assembler.assemble(Side.CANDIDATE, rows, contextRow, from, count, input, 0);
      FrozenPlan.Execution execution = executions.of(count);
      Matrix x = execution.input();
      x.memory().write(x.offset(), input, 0, count * width);
      execution.run();
      Matrix y = execution.outputs();
      y.memory().read(y.offset(), outputs, 0, count * y.columns());
      return outputs;
    }

    @Override
    public void close() {
      executions.forEach(FrozenPlan.Execution::close);
    }
  }
}
