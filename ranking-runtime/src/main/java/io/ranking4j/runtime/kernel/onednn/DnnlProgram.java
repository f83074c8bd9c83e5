package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.kernel.Precision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts one operation together from steps. To be closed by the thread that opened it, whether or not
 * {@link #build} was reached: what it holds by then belongs to the operation.
 */
public final class DnnlProgram implements AutoCloseable {
  private final PrimitiveCache primitives;
  private final int before;
  private final List<Op> steps = new ArrayList<>();
  private final List<Runnable> releases = new ArrayList<>();
  private final Set<DnnlMemory> memories = new HashSet<>();
  private boolean built;

  DnnlProgram(PrimitiveCache primitives, int threads) {
    this.primitives = primitives;
    this.before = OpenMp.enter(threads);
  }

  /** The primitive of a recipe, made if nobody asked for it before. */
  public DnnlPrimitive primitive(Recipe recipe) {
    DnnlPrimitive primitive = primitives.get(recipe);
    releases.add(primitive::release);
    return primitive;
  }

  /** Appends the run of a primitive. */
  public void run(Recipe recipe, List<Argument> arguments) {
    bind(primitive(recipe), arguments, null);
  }

  /** Appends the run of a primitive whose weights it may order as it likes, once for all runs. */
  void runPacked(Recipe recipe, Matrix weights, List<Argument> arguments) {
    DnnlPrimitive primitive = primitive(recipe);
    DnnlMemory source = use(weights);
    PackedWeights packed = source.pack(weights, primitive);
    releases.add(packed::giveBack);
    bind(primitive, arguments, packed.copy());
  }

  /** Appends a step in Java, which must work on matrices that {@link #use} was told of. */
  public void run(Op step) {
    steps.add(step);
  }

  /** A matrix that the operation works on: it is freed along with the matrix's memory. */
  public DnnlMemory use(Matrix matrix) {
    DnnlMemory memory = DnnlMemory.of(matrix);
    memories.add(memory);
    return memory;
  }

  /** A matrix without gaps that belongs to the operation. */
  public Matrix scratch(int rows, int columns) {
    return Matrix.of(scratch(Math.multiplyExact(rows, columns)), 0, rows, columns);
  }

  /** The matrix itself where it has no gaps, else a copy without, made at each run. */
  public Matrix dense(Matrix matrix) {
    if (matrix.contiguous()) {
      return matrix;
    }
    Matrix copy = scratch(matrix.rows(), matrix.columns());
    copy(matrix, copy, false);
    return copy;
  }

  /**
   * The matrix itself, or a copy without gaps where products would misread it: oneDNN 3.8 takes a
   * single column with gaps for one without.
   */
  public Matrix factor(Matrix matrix) {
    return matrix.columns() == 1 ? dense(matrix) : matrix;
  }

  /**
   * A factor of a product: the matrix itself by the rule of {@link #factor(Matrix)}, or a rounded
   * copy, made at each run.
   *
   * @param index the part it plays
   */
  public Argument factor(int index, Matrix matrix, Precision precision) {
    if (precision == Precision.FLOAT) {
      return Argument.of(index, factor(matrix));
    }
    Tensor rounded = Tensor.of(matrix).rounded();
    int halves = Math.multiplyExact(matrix.rows(), matrix.columns());
    Matrix copy = scratch(1, (halves + 1) / 2);
    run(
        new Recipes.Reorder(Tensor.of(matrix), rounded, false),
        List.of(Argument.of(Dnnl.ARG_SRC, matrix), new Argument(Dnnl.ARG_DST, copy, rounded)));
    return new Argument(index, copy, rounded);
  }

  /** Where to compute a product, by the rule of {@link #factor}; to be delivered afterwards. */
  public Matrix productTarget(Matrix matrix) {
    return matrix.columns() == 1 ? target(matrix, false) : matrix;
  }

  /** As {@link #dense}, seen as one row: for steps in Java, which read a row at a time. */
  public Matrix flat(Matrix matrix) {
    Matrix dense = dense(matrix);
    use(dense);
    return Matrix.of(
        dense.memory(), dense.offset(), 1, Math.multiplyExact(dense.rows(), dense.columns()));
  }

  /**
   * Where to compute what is meant for a matrix: the matrix itself where it has no gaps and is to
   * be replaced, else a scratch matrix, to be delivered afterwards.
   */
  public Matrix target(Matrix matrix, boolean accumulate) {
    return matrix.contiguous() && !accumulate ? matrix : scratch(matrix.rows(), matrix.columns());
  }

  /** Appends bringing what was computed at a {@link #target} to the matrix it is meant for. */
  public void deliver(Matrix target, Matrix matrix, boolean accumulate) {
    if (!target.equals(matrix)) {
      copy(target, matrix, accumulate);
    }
  }

  /** Appends {@code to = from}, or {@code to += from}; any strides. */
  public void copy(Matrix from, Matrix to, boolean accumulate) {
    run(
        new Recipes.Reorder(Tensor.of(from), Tensor.of(to), accumulate),
        List.of(Argument.of(Dnnl.ARG_SRC, from), Argument.of(Dnnl.ARG_DST, to)));
  }

  /** The operation. */
  public Op build() {
    built = true;
    return new DnnlOp(steps, releases, memories);
  }

  @Override
  public void close() {
    if (!built) {
      releases.forEach(Runnable::run);
    }
    OpenMp.leave(before);
  }

  private void bind(
      DnnlPrimitive primitive, List<Argument> arguments, @Nullable DnnlMemory packed) {
    Call call = new Call(primitive, arguments.size() + 2);
    releases.add(call::close);
    for (Argument argument : arguments) {
      Matrix matrix = argument.matrix();
      try (Handle descriptor = argument.tensor().descriptor()) {
        call.add(argument.index(), descriptor.address(), use(matrix).at(matrix.offset()));
      }
    }
    if (packed != null) {
      call.add(Dnnl.ARG_WEIGHTS, primitive.weights(), packed.at(0));
    }
    long bytes = Functions.dnnl_memory_desc_get_size(primitive.scratchpad());
    if (bytes > 0) {
      DnnlMemory scratch = scratch(Math.toIntExact((bytes + Float.BYTES - 1) / Float.BYTES));
      call.add(Dnnl.ARG_SCRATCHPAD, primitive.scratchpad(), scratch.at(0));
    }
    steps.add(call);
  }

  private DnnlMemory scratch(int floats) {
    DnnlMemory memory = DnnlMemory.allocate(floats);
    releases.add(memory::close);
    return memory;
  }
}
