package io.ranking4j.runtime.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.kernel.Precision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Puts one operation together from steps. To be closed by the thread that opened it, whether or not
 * {@link #build} was reached: what it holds by then belongs to the operation.
 */
public final class DnnlProgram implements AutoCloseable {
  private final PrimitiveCache primitives;
  private final int before;
  private final PointerScope scope = new PointerScope();
  private final stream order;
  private final List<Op> steps = new ArrayList<>();
  private final List<Pointer> pointers = new ArrayList<>();
  private final List<Runnable> releases = new ArrayList<>();
  private final Set<DnnlMemory> memories = new HashSet<>();
  private boolean built;

  DnnlProgram(PrimitiveCache primitives, int threads) {
    this.primitives = primitives;
    this.before = OpenMp.enter(threads);
    this.order = keep(new stream(DnnlLibrary.cpu()));
  }

  /** The primitive of a recipe, made if nobody asked for it before. */
  public DnnlPrimitive primitive(Recipe recipe) {
    DnnlPrimitive primitive = primitives.get(recipe);
    releases.add(primitive::release);
    return primitive;
  }

  /** Appends the run of a primitive. */
  public void run(Recipe recipe, List<Argument> arguments) {
    bind(primitive(recipe), arguments, List.of());
  }

  /** Appends the run of a primitive whose weights it may order as it likes, once for all runs. */
  void runPacked(Recipe recipe, Matrix weights, List<Argument> arguments) {
    DnnlPrimitive primitive = primitive(recipe);
    DnnlMemory source = use(weights);
    PackedWeights packed = source.pack(weights, primitive.weights());
    releases.add(packed::giveBack);
    bind(
        primitive,
        arguments,
        List.of(new Bound(DNNL_ARG_WEIGHTS, memory(primitive.weights(), packed.copy().at(0)))));
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
        List.of(Argument.of(DNNL_ARG_FROM, matrix), new Argument(DNNL_ARG_TO, copy, rounded)));
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
        List.of(Argument.of(DNNL_ARG_FROM, from), Argument.of(DNNL_ARG_TO, to)));
  }

  /** The operation. */
  public Op build() {
    pointers.forEach(Pointer::retainReference);
    for (Pointer pointer : pointers) {
      releases.add(pointer::releaseReference);
    }
    built = true;
    return new DnnlOp(steps, releases, memories);
  }

  @Override
  public void close() {
    if (!built) {
      releases.forEach(Runnable::run);
    }
    scope.close();
    OpenMp.leave(before);
  }

  /** A part of a primitive's arguments, as the library takes it. */
  private record Bound(int index, memory operand) {}

  private void bind(DnnlPrimitive primitive, List<Argument> arguments, List<Bound> more) {
    List<Bound> bound = new ArrayList<>(more);
    for (Argument argument : arguments) {
      Matrix matrix = argument.matrix();
      Pointer at = use(matrix).at(matrix.offset());
      bound.add(new Bound(argument.index(), memory(argument.tensor().descriptor(), at)));
    }
    long bytes = primitive.scratchpadBytes();
    if (bytes > 0) {
      DnnlMemory scratch = scratch(Math.toIntExact((bytes + Float.BYTES - 1) / Float.BYTES));
      bound.add(new Bound(DNNL_ARG_SCRATCHPAD, memory(primitive.scratchpad(), scratch.at(0))));
    }
    dnnl_exec_arg_t all = keep(new dnnl_exec_arg_t(bound.size()));
    for (int i = 0; i < bound.size(); i++) {
      all.position(i).arg(bound.get(i).index).memory(bound.get(i).operand.get());
    }
    all.position(0);
    steps.add(new Run(primitive.code().get(), order.get(), bound.size(), all));
  }

  private DnnlMemory scratch(int floats) {
    DnnlMemory memory = DnnlMemory.allocate(floats);
    releases.add(memory::close);
    return memory;
  }

  private memory memory(memory.desc descriptor, Pointer at) {
    return keep(new memory(descriptor, DnnlLibrary.cpu(), at));
  }

  private <P extends Pointer> P keep(P pointer) {
    pointers.add(pointer);
    return pointer;
  }

  /** Runs a primitive on arguments that were laid out once, without allocating. */
  private record Run(dnnl_primitive primitive, dnnl_stream stream, int count, dnnl_exec_arg_t all)
      implements Op {
    @Override
    public void run() {
      // A stream of the CPU has done its work when the call returns.
      int status = dnnl_primitive_execute(primitive, stream, count, all);
      if (status != dnnl_success) {
        throw new IllegalStateException("oneDNN could not run a primitive: status " + status);
      }
    }
  }
}
