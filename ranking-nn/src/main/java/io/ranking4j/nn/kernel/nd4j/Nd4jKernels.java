package io.ranking4j.nn.kernel.nd4j;

import io.ranking4j.error.UnavailableException;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.kernel.TrainableKernels;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Kernels made of ND4J operations alone, so that they run on whatever backend ND4J has loaded: a
 * GPU with {@code nd4j-cuda-11.6}, the host's processor with {@code nd4j-native}. On a processor
 * they are slower than oneDNN, most of all on few rows, and there to be compared with.
 *
 * <p>Safe to share between threads. How many threads an operation takes is ND4J's own setting,
 * which is one for the process; these kernels leave it alone. Of several GPUs one must be chosen
 * for the process ({@code CUDA_VISIBLE_DEVICES}): ND4J gives different threads different devices,
 * and memory does not move between them.
 */
public final class Nd4jKernels implements TrainableKernels {
  private final String device;
  private final boolean onDevice;

  private Nd4jKernels(String device, boolean onDevice) {
    this.device = device;
    this.onDevice = onDevice;
  }

  /**
   * Kernels on the backend that ND4J has loaded, whichever it is.
   *
   * @throws UnavailableException if there is no backend that works
   */
  public static Nd4jKernels create() {
    return on(Nd4jBackend.loaded());
  }

  /**
   * Kernels on a backend, which must be the one that is loaded.
   *
   * @throws UnavailableException if it has no device
   */
  public static Nd4jKernels on(Nd4jBackend backend) {
    if (backend.devices() < 1) {
      throw new UnavailableException("ND4J's operations need a device, but it has " + backend);
    }
    return new Nd4jKernels(backend.cuda() ? "cuda" : "cpu", backend.cuda());
  }

  /** Kernels that treat the host's memory as if it were a device's, for tests. */
  static Nd4jKernels asIfOnDevice() {
    return new Nd4jKernels("cpu", true);
  }

  /** {@code "nd4j-cuda"} or {@code "nd4j-cpu"}. */
  @Override
  public String name() {
    return "nd4j-" + device;
  }

  @Override
  public GradientKernels gradients() {
    return new Nd4jGradientKernels(this);
  }

  @Override
  public Memory allocate(int floats) {
    return Nd4jMemory.allocate(floats, onDevice);
  }

  /** Shows the elements of an array, which stays its owner's. */
  Memory wrap(INDArray array) {
    return Nd4jMemory.wrap(array, onDevice);
  }

  Nd4jProgram program() {
    return new Nd4jProgram(!onDevice);
  }

  /** {@inheritDoc} Constant weights are used as they are: there is nothing to be packed. */
  @Override
  public Op dense(Matrix x, Matrix w, Epilogue epilogue, Matrix out, boolean constantWeights) {
    w.requireShape("w", x.columns(), out.columns());
    out.requireShape("out", x.rows(), w.columns());
    Nd4jProgram program = program();
    INDArray result = program.matrix(out);
    INDArray left = program.matrix(x);
    INDArray right = program.matrix(w);
    boolean inPlace = out.equals(epilogue.residual());
    boolean linear =
        epilogue.activation() == Activation.NONE
            && epilogue.scale() == null
            && epilogue.residual() != null;
    if (epilogue.accumulates(out)) {
      program.product(left, false, right, false, 1, result, true);
      finish(program, epilogue.withoutBias(), true, result, result, result);
    } else if (inPlace && linear) {
      program.product(left, false, right, false, 1, result, true);
      finish(program, epilogue, false, result, result, result);
    } else {
      INDArray sums = inPlace ? program.scratchLike(result) : result;
      program.product(left, false, right, false, 1, sums, false);
      finish(program, epilogue, true, sums, sums, result);
    }
    return program.build();
  }

  @Override
  public Op elementwise(Matrix x, Epilogue epilogue, Matrix out) {
    out.requireShape("out", x.rows(), x.columns());
    Nd4jProgram program = program();
    INDArray result = program.matrix(out);
    INDArray input = x.equals(out) ? result : program.matrix(x);
    boolean apart = epilogue.residual() != null && out.equals(epilogue.residual());
    INDArray values = apart ? program.scratchLike(result) : result;
    finish(program, epilogue, true, input, values, result);
    return program.build();
  }

  /**
   * Applies an epilogue.
   *
   * @param residual whether to add the residual too
   * @param x what it is applied to
   * @param values where it is computed; may be {@code x}
   * @param out where the result goes; may be {@code values}, else it holds the residual
   */
  private static void finish(
      Nd4jProgram program,
      Epilogue epilogue,
      boolean residual,
      INDArray x,
      INDArray values,
      INDArray out) {
    int columns = Math.toIntExact(out.size(1));
    INDArray bias = vector(program, "bias", epilogue.bias(), columns);
    INDArray slope = vector(program, "slope", epilogue.slope(), columns);
    INDArray scale = vector(program, "scale", epilogue.scale(), columns);
    INDArray shift = vector(program, "shift", epilogue.shift(), columns);
    INDArray at = x;
    if (bias != null) {
      program.addRow(at, bias, values);
      at = values;
    }
    Nd4jActivations.apply(program, epilogue.activation(), at, slope, values);
    if (scale != null && shift != null) {
      program.multiplyRow(values, scale, values);
      program.addRow(values, shift, values);
    }
    if (residual && epilogue.residual() != null) {
      epilogue.residual().requireShape("residual", Math.toIntExact(out.size(0)), columns);
      INDArray added = values == out ? program.matrix(epilogue.residual()) : out;
      program.add(values, added, out);
    }
  }

  private static @Nullable INDArray vector(
      Nd4jProgram program, String name, @Nullable Matrix vector, int columns) {
    return vector == null ? null : program.vector(name, vector, columns);
  }

  @Override
  public Op add(Matrix a, Matrix b, Matrix out) {
    requireSameShapes(a, b, out);
    Nd4jProgram program = program();
    program.add(program.matrix(a), program.matrix(b), program.matrix(out));
    return program.build();
  }

  @Override
  public Op multiply(Matrix a, Matrix b, Matrix out) {
    requireSameShapes(a, b, out);
    Nd4jProgram program = program();
    program.multiply(program.matrix(a), program.matrix(b), program.matrix(out));
    return program.build();
  }

  @Override
  public Op logitOfProduct(Matrix a, Matrix b, Matrix out) {
    requireSameShapes(a, b, out);
    Nd4jProgram program = program();
    Nd4jActivations.logitOfProduct(
        program, program.matrix(a), program.matrix(b), program.matrix(out));
    return program.build();
  }

  private static void requireSameShapes(Matrix a, Matrix b, Matrix out) {
    b.requireShape("b", a.rows(), a.columns());
    out.requireShape("out", a.rows(), a.columns());
  }
}
