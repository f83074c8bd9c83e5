package io.ranking4j.nn.fold;

import io.ranking4j.nn.gradient.FirstProducts.Product;
import io.ranking4j.nn.gradient.InputStage;
import io.ranking4j.nn.gradient.Pass;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.optimizer.BatchRows;
import io.ranking4j.runtime.embedding.Sums;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.plan.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first products of so many rows, in parts. */
final class FoldedBatch implements InputStage.Batch {
  /** Rows whose embeddings are read ahead. */
  private static final int BLOCK_ROWS = 32;

  private final FoldedInput input;
  private final FoldedWeights weights;
  private final FoldedGroup[] groups;
  private final int[] from;
  private final List<Part> parts = new ArrayList<>();

  FoldedBatch(FoldedInput input, FoldedWeights weights, List<Pass> passes, int[] from) {
    this.input = input;
    this.weights = weights;
    this.groups = input.groups().toArray(new FoldedGroup[0]);
    this.from = from.clone();
    for (int part = 0; part < passes.size(); part++) {
      parts.add(new Part(part, passes.get(part)));
    }
  }

  @Override
  public void prepare() {
    weights.multiply();
  }

  @Override
  public void forward(int part) {
    parts.get(part).forward();
  }

  @Override
  public void backward(int part) {
    parts.get(part).backward();
  }

  @Override
  public void finish() {
    weights.deliver(parts.size());
  }

  @Override
  public void readInputGradient(int row, int count, float[] target) {
    int width = input.layout().width();
    int part = 0;
    for (int r = row; r < row + count; r++) {
      while (r >= from[part + 1]) {
        part++;
      }
      parts.get(part).readInputGradient(r - from[part], target, (r - row) * width);
    }
  }

  @Override
  public float[] input() {
    int width = input.layout().width();
    int count = from[parts.size()];
    float[] all = new float[count * width];
    for (int r = 0; r < count; r++) {
      input.rows().assemble(r, input.tables(), all, r * width);
    }
    return all;
  }

  @Override
  public void close() {
    parts.forEach(Part::close);
  }

  /** What one worker computes. */
  private final class Part {
    private final int number;
    private final int rows;
    private final List<Memory> owned = new ArrayList<>();
    private final Matrix gathered;
    private final List<Op> multiply = new ArrayList<>();
    private final List<Op> differentiate = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    /** Keeps reading ahead from being optimised away. */
    @SuppressWarnings("UnusedVariable")
    private float preloaded;

    private final float[] inputRow = new float[input.layout().width()];
    private final float[] gatheredRow = new float[input.columns().gathered()];
    private final float[] sums = new float[input.firstProducts().width()];

    /** The derivatives by the gathered columns that are learned; null where there are none. */
    private final @Nullable Matrix gatheredGradient;

    /**
     * A product's place in the pass.
     *
     * @param value what it gives
     * @param gradient the derivative by it
     * @param column where it starts in a row of sums
     */
    private record Place(Matrix value, Matrix gradient, int column) {
      void read(Matrix from, int row, float[] target) {
        from.memory().read(from.offset() + row * from.stride(), target, column, from.columns());
      }

      void write(int row, float[] source) {
        value
            .memory()
            .write(value.offset() + row * value.stride(), source, column, value.columns());
      }
    }

    Part(int number, Pass pass) {
      this.number = number;
      this.rows = pass.rows();
      this.gathered = own(input.columns().gathered());
      int learned = input.columns().learned();
      this.gatheredGradient = learned == 0 ? null : own(learned);
      input.firstProducts().products().forEach(product -> bind(product, pass));
    }

    private Matrix own(int columns) {
      Memory memory = input.kernels().forward().allocate(rows * columns);
      owned.add(memory);
      return Matrix.of(memory, 0, rows, columns);
    }

    private void bind(Product product, Pass pass) {
      GradientKernels kernels = input.kernels();
      Matrix value = pass.value(product.step().output());
      Matrix gradient = pass.gradient(product.step().output());
      Parameter bias = product.step().bias();
      Epilogue epilogue =
          Epilogue.of(bias == null ? null : weights.parameter(bias), Activation.NONE);
      Matrix w = weights.gatheredWeights(product, gathered.columns());
      multiply.add(kernels.forward().dense(gathered, w, epilogue, value, false));
      differentiate.add(
          kernels.denseWeightGradient(
              gathered,
              gradient,
              weights.gatheredGradients(product, number),
              bias == null ? null : weights.gradient(bias, number),
              false));
      Matrix learned = gatheredGradient;
      if (learned != null) {
        differentiate.add(
            kernels.denseInputGradient(
                gradient,
                weights.gatheredWeights(product, learned.columns()),
                learned,
                !places.isEmpty()));
      }
      places.add(new Place(value, gradient, product.column()));
    }

    private void run(List<Op> ops) {
      int entered = input.kernels().forward().enter();
      try {
        ops.forEach(Op::run);
      } finally {
        input.kernels().forward().leave(entered);
      }
    }

    void forward() {
      for (int start = 0; start < rows; start += BLOCK_ROWS) {
        gather(start, Math.min(start + BLOCK_ROWS, rows));
      }
      run(multiply);
      for (int r = 0; r < rows; r++) {
        for (Place place : places) {
          place.read(place.value, r, sums);
        }
        addFolded(from[number] + r);
        for (Place place : places) {
          place.write(r, sums);
        }
      }
    }

    private void gather(int start, int end) {
      BatchRows batch = input.rows();
      preloaded += batch.preload(from[number] + start, from[number] + end, input.tables());
      for (int r = start; r < end; r++) {
        for (EmbeddingField field : input.columns().plain()) {
          batch.assemble(field.index(), from[number] + r, input.tables(), inputRow, 0);
        }
        batch.assembleDense(from[number] + r, inputRow, 0);
        input.columns().gather(inputRow, gatheredRow);
        gathered.writeRow(r, gatheredRow);
      }
    }

    private void addFolded(int row) {
      int g = 0;
      for (; g + 4 <= groups.length; g += 4) {
        Sums.add(
            sums,
            sum(groups[g], row),
            sum(groups[g + 1], row),
            sum(groups[g + 2], row),
            sum(groups[g + 3], row));
      }
      for (; g < groups.length; g++) {
        Sums.add(sums, sum(groups[g], row));
      }
    }

    private static float[] sum(FoldedGroup group, int row) {
      return group.sum(group.codes()[row]);
    }

    void backward() {
      run(differentiate);
      for (int r = 0; r < rows; r++) {
        for (Place place : places) {
          place.read(place.gradient, r, sums);
        }
        for (FoldedGroup group : groups) {
          group.addGradient(number, group.codes()[from[number] + r], sums);
        }
      }
    }

    void readInputGradient(int row, float[] target, int to) {
      Matrix learned = gatheredGradient;
      if (learned == null) {
        return;
      }
      int start = learned.offset() + row * learned.stride();
      for (InputColumns.Range range : input.columns().ranges()) {
        if (range.at() < learned.columns()) {
          learned.memory().read(start + range.at(), target, to + range.from(), range.count());
        }
      }
    }

    void close() {
      owned.forEach(Memory::close);
    }
  }
}
