package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.error.UnavailableException;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.kernel.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kernels on oneDNN: products with their epilogues fused in, on constant weights that are packed
 * once and shared by all operations that read them. What an operation holds outside of Java is
 * freed when one of the memories it works on is closed. NaN in gives NaN out. The same operation on
 * the same numbers gives the same bits at every run, on any thread. Safe to share between threads.
 *
 * <p>The library runs on OpenMP, whose number of threads is a setting of the calling thread. These
 * kernels set it while they make operations and between {@link #enter} and {@link #leave}, and put
 * back what the host had; they read no environment variable and change nothing else.
 */
public final class DnnlKernels implements Kernels {
  /** Primitives that are kept though nobody may use them at the moment. */
  private static final int KEPT_PRIMITIVES = 1024;

  private static final Epilogue NOTHING = Epilogue.of(null, Activation.NONE);

  /**
   * Products by fewer weights are not rounded: they take little time, stand near the logits, and
   * would bring a third of the error.
   */
  private static final int LEAST_ROUNDED = 1 << 14;

  private final int threads;
  private final Precision precision;
  private final PrimitiveCache primitives = new PrimitiveCache(KEPT_PRIMITIVES);
  private final JavaKernels java = new JavaKernels();

  private DnnlKernels(int threads, Precision precision) {
    this.threads = threads;
    this.precision = precision;
  }

  /**
   * Starts to load the library on a thread of its own: whoever reads a model is about to serve it,
   * and both take about as long.
   */
  public static void prepare() {
    Thread loading =
        new Thread("ranking4j-loading") {
          @Override
          public void run() {
            if (available()) {
              create(1);
            }
          }
        };
    loading.setDaemon(true);
    loading.start();
  }

  /** Makes kernels that compute in float; see {@link #create(int, Precision)}. */
  public static DnnlKernels create(int threads) {
    return create(threads, Precision.FLOAT);
  }

  /**
   * Makes kernels.
   *
   * @param threads the threads that one run may take; 1 is best where requests come side by side
   * @param precision what the factors of products are rounded to
   * @throws IllegalArgumentException if there are fewer than 1
   * @throws UnavailableException if oneDNN has no native library for this platform, or it does not
   *     load
   */
  public static DnnlKernels create(int threads, Precision precision) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but was " + threads);
    }
    DnnlLibrary.cpu();
    OpenMp.reachable();
    return new DnnlKernels(threads, precision);
  }

  /** What the factors of a product by weights of this shape are rounded to. */
  public Precision precision(Matrix weights) {
    boolean few = (long) weights.rows() * weights.columns() < LEAST_ROUNDED;
    return few ? Precision.FLOAT : precision;
  }

  /** Whether oneDNN loads here. */
  public static boolean available() {
    return DnnlLibrary.failure() == null;
  }

  /** Why oneDNN does not load here; empty if it does. */
  public static Optional<String> unavailability() {
    Throwable failure = DnnlLibrary.failure();
    return failure == null ? Optional.empty() : Optional.of(failure.toString());
  }

  @Override
  public String name() {
    return precision == Precision.FLOAT ? "onednn" : "onednn-bfloat16";
  }

  @Override
  public int enter() {
    return OpenMp.enter(threads);
  }

  @Override
  public void leave(int entered) {
    OpenMp.leave(entered);
  }

  @Override
  public Memory allocate(int floats) {
    return DnnlMemory.allocate(floats);
  }

  /**
   * Which of the library's implementations the primitives made so far run on, by what they were
   * made from. Names that start with {@code ref} are slow ones, for want of a better.
   */
  public Map<String, String> implementations() {
    return primitives.implementations();
  }

  /** Starts an operation of one's own. */
  public DnnlProgram program() {
    return new DnnlProgram(primitives, threads);
  }

  @Override
  public Op dense(Matrix x, Matrix w, Epilogue epilogue, Matrix out, boolean constantWeights) {
    w.requireShape("w", x.columns(), out.columns());
    out.requireShape("out", x.rows(), w.columns());
    DnnlEpilogue.requireShapes(epilogue.accumulates(out) ? epilogue.withoutBias() : epilogue, out);
    try (DnnlProgram program = program()) {
      if (epilogue.activation() == Activation.SOFTPLUS) {
        Matrix sums = program.scratch(out.rows(), out.columns());
        product(program, x, w, NOTHING, false, sums, constantWeights);
        inJava(program, sums, epilogue, out);
      } else {
        Matrix result = program.productTarget(out);
        boolean accumulate = epilogue.accumulates(out);
        if (accumulate && !result.equals(out)) {
          program.copy(out, result, false);
        }
        Epilogue rest = accumulate ? epilogue.withoutBias() : epilogue;
        product(program, x, w, rest, accumulate, result, constantWeights);
        program.deliver(result, out, false);
      }
      return program.build();
    }
  }

  private void product(
      DnnlProgram program,
      Matrix x,
      Matrix w,
      Epilogue epilogue,
      boolean accumulate,
      Matrix out,
      boolean constantWeights) {
    List<Argument> arguments = new ArrayList<>();
    Precision rounding = precision(w);
    Argument left = program.factor(Dnnl.ARG_SRC, x, rounding);
    arguments.add(left);
    arguments.add(Argument.of(Dnnl.ARG_DST, out));
    Matrix bias = epilogue.bias();
    if (bias != null) {
      arguments.add(Argument.of(Dnnl.ARG_BIAS, bias));
    }
    DnnlEpilogue after = new DnnlEpilogue(arguments);
    if (accumulate) {
      after.addOutput();
    }
    after.activate(epilogue.activation(), epilogue.slope());
    after.multiply(epilogue.scale());
    after.add(epilogue.shift());
    Matrix residual = epilogue.residual();
    if (residual != null) {
      if (residual.equals(out)) {
        after.addOutput();
      } else if (Tensor.of(residual).equals(Tensor.of(out))) {
        after.add(residual);
      } else if (accumulate) {
        after.add(program.dense(residual));
      } else {
        // There is no fast code for operands of two strides: the output takes the residual first.
        program.copy(residual, out, false);
        after.addOutput();
      }
    }
    Tensor weights = Tensor.any(w.rows(), w.columns(), rounding);
    if (!constantWeights) {
      Argument right = program.factor(Dnnl.ARG_WEIGHTS, w, rounding);
      arguments.add(right);
      weights = right.tensor();
    }
    Recipe recipe =
        new Recipes.Matmul(
            left.tensor(), weights, bias != null, Tensor.of(out), after.operations());
    if (constantWeights) {
      program.runPacked(recipe, w, arguments);
    } else {
      program.run(recipe, arguments);
    }
  }

  @Override
  public Op elementwise(Matrix x, Epilogue epilogue, Matrix out) {
    out.requireShape("out", x.rows(), x.columns());
    DnnlEpilogue.requireShapes(epilogue, out);
    try (DnnlProgram program = program()) {
      if (epilogue.activation() == Activation.SOFTPLUS) {
        inJava(program, x, epilogue, out);
      } else {
        new DnnlElementwise(program).apply(x, epilogue, out);
      }
      return program.build();
    }
  }

  private void inJava(DnnlProgram program, Matrix x, Epilogue epilogue, Matrix out) {
    program.use(x);
    program.use(out);
    program.run(java.elementwise(x, epilogue, out));
  }

  @Override
  public Op add(Matrix a, Matrix b, Matrix out) {
    return combine(Dnnl.BINARY_ADD, a, b, out);
  }

  @Override
  public Op multiply(Matrix a, Matrix b, Matrix out) {
    return combine(Dnnl.BINARY_MUL, a, b, out);
  }

  private Op combine(int kind, Matrix a, Matrix b, Matrix out) {
    requireSameShape(a, b, out);
    try (DnnlProgram program = program()) {
      new DnnlElementwise(program).combine(kind, a, b, out);
      return program.build();
    }
  }

  @Override
  public Op logitOfProduct(Matrix a, Matrix b, Matrix out) {
    requireSameShape(a, b, out);
    try (DnnlProgram program = program()) {
      Matrix left = program.flat(a);
      Matrix right = program.flat(b);
      Matrix result = program.target(out, false);
      program.run(java.logitOfProduct(left, right, program.flat(result)));
      program.deliver(result, out, false);
      return program.build();
    }
  }

  private static void requireSameShape(Matrix a, Matrix b, Matrix out) {
    b.requireShape("b", a.rows(), a.columns());
    out.requireShape("out", a.rows(), a.columns());
  }
}
