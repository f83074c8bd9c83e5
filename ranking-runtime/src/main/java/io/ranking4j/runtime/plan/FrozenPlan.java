package io.ranking4j.runtime.plan;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan with its numbers, made ready for serving: dropout gone, normalisations folded, activations
 * and residuals joined to the products before them. Safe to share; each thread runs an {@link
 * Execution} of its own.
 */
public final class FrozenPlan implements AutoCloseable {
  private final Plan plan;

  /** What is run: the plan, or one that gives the same outputs with fewer steps. */
  private final Plan served;

  private final Fuser.Fused fused;
  private final Layout layout;
  private final Kernels kernels;
  private final Memory constants;

  /**
   * Freezes a plan.
   *
   * @param plan the plan
   * @param parameters its parameters, copied
   * @param states its running statistics, copied
   * @param kernels what it will run with
   * @throws IllegalArgumentException where an array has not the plan's length
   */
  public FrozenPlan(Plan plan, float[] parameters, float[] states, Kernels kernels) {
    check("parameters", plan.parameterCount(), parameters.length);
    check("states", plan.stateCount(), states.length);
    this.plan = plan;
    this.kernels = kernels;
    JointHeads.Joined joined =
        JointHeads.join(plan, parameters).orElse(new JointHeads.Joined(plan, parameters));
    this.served = joined.plan();
    this.fused = Fuser.fuse(served);
    this.layout = Layout.of(served, fused.stored());
    int count = served.parameterCount();
    float[] all = Arrays.copyOf(joined.parameters(), count + plan.stateCount());
    for (Step step : served.steps()) {
      if (step instanceof Step.BatchNorm norm) {
        int at = folded(norm);
        FoldedNorm.of(norm, parameters, states).copyTo(all, all, at, at + norm.input().width());
      }
    }
    this.constants = kernels.allocate(Math.max(all.length, 1));
    constants.write(0, all, 0, all.length);
  }

  private static void check(String what, int expected, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException(
          "the plan has " + expected + " " + what + ", but was given " + actual);
    }
  }

  /** Where the scales of a normalisation stand among the constants; its shifts follow them. */
  private int folded(Step.BatchNorm norm) {
    return served.parameterCount() + norm.meanOffset();
  }

  /** The plan that was frozen. */
  public Plan plan() {
    return plan;
  }

  /** Allocates what running so many rows needs, and binds the operations. */
  public Execution execution(int rows) {
    return new Execution(rows);
  }

  /** Frees the numbers; executions must not run afterwards. */
  @Override
  public void close() {
    constants.close();
  }

  private Matrix constant(Parameter parameter) {
    return Matrix.of(constants, parameter.offset(), parameter.rows(), parameter.columns());
  }

  private @Nullable Matrix optional(@Nullable Parameter parameter) {
    return parameter == null ? null : constant(parameter);
  }

  /** The plan for a fixed number of rows. Owns its memory; used by one thread at a time. */
  public final class Execution implements AutoCloseable {
    private final Arena arena;
    private final Op[] ops;
    private final Matrix input;
    private final Matrix outputs;

    private Execution(int rows) {
      arena = new Arena(layout, rows, kernels);
      input = arena.matrix(served.input());
      outputs = arena.matrix(Layout.outputs(served));
      List<Op> bound = new ArrayList<>();
      for (Object operation : fused.operations()) {
        if (operation instanceof FusedStep step) {
          bound.add(bind(step));
        } else {
          bind((Step) operation, bound);
        }
      }
      copiesInto(Layout.outputs(served), bound);
      ops = bound.toArray(new Op[0]);
    }

    private Op bind(FusedStep step) {
      Matrix scale = null;
      Matrix shift = null;
      Step.BatchNorm norm = step.norm();
      if (norm != null) {
        int at = folded(norm);
        int width = norm.input().width();
        scale = Matrix.of(constants, at, 1, width);
        shift = Matrix.of(constants, at + width, 1, width);
      }
      Step.Dense product = step.product();
      Step.Activate activate = step.activation();
      Value residual = step.residual();
      Epilogue epilogue =
          new Epilogue(
              product == null ? null : optional(product.bias()),
              activate == null ? Activation.NONE : activate.activation(),
              activate == null ? null : optional(activate.slope()),
              scale,
              shift,
              residual == null ? null : arena.matrix(residual));
      Matrix x = arena.matrix(step.input());
      Matrix y = arena.matrix(step.output());
      return product == null
          ? kernels.elementwise(x, epilogue, y)
          : kernels.dense(x, constant(product.weights()), epilogue, y, true);
    }

    private void bind(Step step, List<Op> ops) {
      if (step instanceof Step.Add add) {
        ops.add(kernels.add(matrix(add.left()), matrix(add.right()), matrix(add.output())));
      } else if (step instanceof Step.Multiply multiply) {
        ops.add(
            kernels.multiply(
                matrix(multiply.left()), matrix(multiply.right()), matrix(multiply.output())));
      } else if (step instanceof Step.LogitOfProduct product) {
        ops.add(
            kernels.logitOfProduct(
                matrix(product.left()), matrix(product.right()), matrix(product.output())));
      } else if (step instanceof Step.Concat concat) {
        copiesInto(concat.output(), ops);
      } else if (step instanceof Step.Softmax softmax) {
        ops.add(
            kernels.softmax(matrix(softmax.input()), softmax.groups(), matrix(softmax.output())));
      } else if (step instanceof Step.Mixture mixture) {
        ops.add(
            kernels.mixture(
                matrix(mixture.weights()),
                matrix(mixture.values()),
                mixture.count(),
                matrix(mixture.output())));
      } else if (step instanceof Step.Dot dot) {
        ops.add(
            kernels.dot(
                matrix(dot.left()), matrix(dot.right()), dot.scale(), matrix(dot.output())));
      } else if (step instanceof Step.Pairs pairs) {
        ops.add(kernels.pairs(matrix(pairs.input()), matrix(pairs.output())));
      } else if (!(step instanceof Step.Columns)) {
        throw new IllegalStateException("a step that should have been fused: " + step);
      }
    }

    private void copiesInto(Value target, List<Op> ops) {
      for (Layout.Copy copy : layout.copiesInto(target)) {
        ops.add(
            kernels.elementwise(
                matrix(copy.source()),
                Epilogue.of(null, Activation.NONE),
                matrix(target).columns(copy.column(), copy.source().width())));
      }
    }

    private Matrix matrix(Value value) {
      return arena.matrix(value);
    }

    /** How many rows are computed at each run. */
    public int rows() {
      return arena.rows();
    }

    /**
     * Where the input goes, rows x input width, without gaps: a view, to be written before a run.
     */
    public Matrix input() {
      return input;
    }

    /** The outputs of the last run, rows x output width, without gaps: a view. */
    public Matrix outputs() {
      return outputs;
    }

    /** Computes the outputs from the input. */
    public void run() {
      int entered = kernels.enter();
      try {
        for (Op op : ops) {
          op.run();
        }
      } finally {
        kernels.leave(entered);
      }
    }

    /** Frees its memory. */
    @Override
    public void close() {
      arena.close();
    }
  }
}
