package io.ranking4j.nn.kernel.nd4j;

import io.ranking4j.runtime.kernel.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastSubOp;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.api.ops.impl.transforms.any.Assign;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A sequence of ND4J operations on views that are made once. Operations of ND4J's older kind are
 * kept and run again as they are. Those of its newer kind need a native context, which ND4J makes
 * anew for each run, under a lock, and leaves to the garbage collector; here it is kept where the
 * host's processor runs it. On a device it is made anew as well: there it belongs to a stream of
 * the thread that made it.
 */
final class Nd4jProgram {
  private final boolean keepContexts;
  private final OpExecutioner executioner = Nd4j.getExecutioner();
  private final Set<Nd4jMemory> memories = new LinkedHashSet<>();
  private final List<Runnable> steps = new ArrayList<>();

  Nd4jProgram(boolean keepContexts) {
    this.keepContexts = keepContexts;
  }

  /** The matrix as an array of two dimensions. */
  INDArray matrix(Matrix matrix) {
    return register(matrix).view(matrix);
  }

  /** A matrix of one row as an array of one dimension. */
  INDArray vector(String name, Matrix matrix, int columns) {
    matrix.requireShape(name, 1, columns);
    return register(matrix).vector(matrix);
  }

  private Nd4jMemory register(Matrix matrix) {
    Nd4jMemory memory = Nd4jMemory.of(matrix);
    memories.add(memory);
    return memory;
  }

  /** Work space that lives as long as the memory of the first matrix that is not wrapped. */
  INDArray scratch(long... shape) {
    Nd4jMemory keeper = memories.iterator().next();
    for (Nd4jMemory memory : memories) {
      if (memory.owned()) {
        keeper = memory;
        break;
      }
    }
    return keeper.scratch(shape);
  }

  /** Work space of the same shape. */
  INDArray scratchLike(INDArray array) {
    return scratch(array.shape());
  }

  /** A row of ones, for sums over rows. */
  INDArray ones(long columns) {
    return scratch(1, columns).assign(1);
  }

  /** Appends an operation of the older kind. */
  void run(Op op) {
    steps.add(() -> executioner.exec(op));
  }

  /** Appends an operation of the newer kind. */
  void run(CustomOp op) {
    if (!keepContexts) {
      steps.add(() -> executioner.exec(op));
      return;
    }
    OpContext context = executioner.buildContext();
    context.setInputArrays(op.inputArguments());
    context.setOutputArrays(op.outputArguments());
    context.setTArguments(op.tArgs());
    context.setIArguments(op.iArgs());
    context.setBArguments(op.bArgs());
    steps.add(() -> executioner.exec(op, context));
  }

  /** {@code out (+)= factor a b}, either factor transposed or not. */
  void product(
      INDArray a,
      boolean transposeA,
      INDArray b,
      boolean transposeB,
      double factor,
      INDArray out,
      boolean accumulate) {
    MMulTranspose transpose =
        MMulTranspose.builder().transposeA(transposeA).transposeB(transposeB).build();
    run(new Mmul(a, b, out, factor, accumulate ? 1 : 0, transpose));
  }

  /** {@code out = x + row} in each row. */
  void addRow(INDArray x, INDArray row, INDArray out) {
    run(new BroadcastAddOp(x, row, out, 1));
  }

  /** {@code out = x - row} in each row. */
  void subtractRow(INDArray x, INDArray row, INDArray out) {
    run(new BroadcastSubOp(x, row, out, 1));
  }

  /** {@code out = x * row} in each row. */
  void multiplyRow(INDArray x, INDArray row, INDArray out) {
    run(new BroadcastMulOp(x, row, out, 1));
  }

  /** {@code out = a + b}. */
  void add(INDArray a, INDArray b, INDArray out) {
    run(new AddOp(a, b, out));
  }

  /** {@code out = a * b}. */
  void multiply(INDArray a, INDArray b, INDArray out) {
    run(new MulOp(a, b, out));
  }

  /** {@code out = x}. */
  void copy(INDArray x, INDArray out) {
    run(new Assign(x, out));
  }

  /** {@code out (+)= x}. */
  void deliver(INDArray x, INDArray out, boolean accumulate) {
    if (accumulate) {
      add(out, x, out);
    } else if (x != out) {
      copy(x, out);
    }
  }

  /** Where a result that may have to be added is put first: the target itself, or work space. */
  INDArray target(INDArray out, boolean accumulate) {
    return accumulate ? scratchLike(out) : out;
  }

  /** The operation; nothing may be appended afterwards. */
  io.ranking4j.runtime.kernel.Op build() {
    Nd4jMemory[] used = memories.toArray(new Nd4jMemory[0]);
    Runnable[] all = steps.toArray(new Runnable[0]);
    return () -> {
      for (Nd4jMemory memory : used) {
        memory.requireOpen();
      }
      for (Runnable step : all) {
        step.run();
      }
    };
  }
}
