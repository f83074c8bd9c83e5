package io.ranking4j.nn.kernel.nd4j;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradients made of ND4J operations alone; see {@link Nd4jKernels}. Sums over rows are products
 * with a row of ones, which give the same numbers at each run. Safe to share between threads.
 */
public final class Nd4jGradientKernels implements GradientKernels {
  private final Nd4jKernels forward;

  /** The gradients of these kernels' operations. */
  public Nd4jGradientKernels(Nd4jKernels forward) {
    this.forward = forward;
  }

  @Override
  public Kernels forward() {
    return forward;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException on a GPU, which does not work on the host's memory
   */
  @Override
  public Memory wrap(FloatPointer floats) {
    if (!Nd4j.getEnvironment().isCPU()) {
      throw new IllegalStateException("a GPU does not work on the host's memory: wrap an INDArray");
    }
    long count = floats.limit() - floats.position();
    if (floats.isNull() || count < 1 || count > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          "a pointer must hold 1 to "
              + Integer.MAX_VALUE / Float.BYTES
              + " floats, but was "
              + floats);
    }
    // ND4J takes a pointer's position for bytes: it gets one that begins where the memory does.
    FloatPointer whole = new FloatPointer(floats).position(0);
    DataBuffer shown = Nd4j.createBuffer(whole, floats.limit(), DataType.FLOAT);
    return forward.wrap(
        Nd4j.create(shown, new long[] {count}, new long[] {1}, floats.position(), 'c'));
  }

  @Override
  public Memory wrap(INDArray array) {
    return forward.wrap(array);
  }

  @Override
  public Op denseInputGradient(Matrix dOut, Matrix w, Matrix dx, boolean accumulate) {
    w.requireShape("w", dx.columns(), dOut.columns());
    dx.requireShape("dx", dOut.rows(), w.rows());
    Nd4jProgram program = forward.program();
    program.product(
        program.matrix(dOut), false, program.matrix(w), true, 1, program.matrix(dx), accumulate);
    return program.build();
  }

  @Override
  public Op denseWeightGradient(
      Matrix x, Matrix dOut, Matrix dw, @Nullable Matrix dBias, boolean accumulate) {
    dOut.requireShape("dOut", x.rows(), dw.columns());
    dw.requireShape("dw", x.columns(), dOut.columns());
    Nd4jProgram program = forward.program();
    INDArray inputs = program.matrix(x);
    INDArray gradient = program.matrix(dOut);
    program.product(inputs, true, gradient, false, 1, program.matrix(dw), accumulate);
    if (dBias != null) {
      dBias.requireShape("dBias", 1, dOut.columns());
      INDArray bias = program.matrix(dBias);
      program.product(program.ones(x.rows()), false, gradient, false, 1, bias, accumulate);
    }
    return program.build();
  }

  @Override
  public Op activationGradient(
      Activation activation,
      Matrix x,
      Matrix y,
      @Nullable Matrix slope,
      Matrix dOut,
      Matrix dx,
      @Nullable Matrix dSlope,
      boolean accumulate) {
    if ((activation == Activation.PRELU) != (slope != null)
        || (activation == Activation.PRELU) != (dSlope != null)) {
      throw new IllegalArgumentException("PRELU, its slopes and a gradient for them go together");
    }
    requireShape(x, y, "y");
    requireShape(x, dOut, "dOut");
    requireShape(x, dx, "dx");
    if (activation == Activation.NONE) {
      return transfer(dOut, dx, accumulate);
    }
    Nd4jProgram program = forward.program();
    INDArray target = program.matrix(dx);
    INDArray inputs = program.matrix(x);
    INDArray gradient = program.matrix(dOut);
    INDArray values = program.scratchLike(inputs);
    INDArray slopes = null;
    if (slope != null && dSlope != null) {
      slopes = program.vector("slope", slope, x.columns());
      dSlope.requireShape("dSlope", 1, x.columns());
      // -dOut max(-x, 0), summed.
      program.run(new Negative(inputs, values));
      program.run(new RectifiedLinear(values, values, 0));
      program.multiply(values, gradient, values);
      INDArray ones = program.ones(x.rows());
      program.product(ones, false, values, false, -1, program.matrix(dSlope), accumulate);
    }
    Nd4jActivations.derivative(program, activation, inputs, program.matrix(y), slopes, values);
    multiplied(program, values, gradient, target, accumulate);
    return program.build();
  }

  /** {@code out (+)= factor * b}; {@code factor} is work space, and changed. */
  private static void multiplied(
      Nd4jProgram program, INDArray factor, INDArray b, INDArray out, boolean accumulate) {
    if (accumulate) {
      program.multiply(factor, b, factor);
      program.add(out, factor, out);
    } else {
      program.multiply(factor, b, out);
    }
  }

  @Override
  public Op batchNorm(
      Matrix x,
      Matrix gamma,
      Matrix beta,
      Matrix mean,
      Matrix variance,
      Matrix runningMean,
      Matrix runningVariance,
      float momentum,
      float epsilon,
      Matrix out) {
    return Nd4jBatchNorm.forward(
        forward.program(),
        x,
        gamma,
        beta,
        mean,
        variance,
        runningMean,
        runningVariance,
        momentum,
        epsilon,
        out);
  }

  @Override
  public Op batchNormGradient(
      Matrix x,
      Matrix gamma,
      Matrix mean,
      Matrix variance,
      float epsilon,
      Matrix dOut,
      Matrix dx,
      Matrix dGamma,
      Matrix dBeta,
      boolean accumulateInput) {
    return Nd4jBatchNorm.backward(
        forward.program(),
        x,
        gamma,
        mean,
        variance,
        epsilon,
        dOut,
        dx,
        dGamma,
        dBeta,
        accumulateInput);
  }

  @Override
  public Op multiplyGradient(Matrix b, Matrix dOut, Matrix da, boolean accumulate) {
    requireShape(dOut, b, "b");
    requireShape(dOut, da, "da");
    Nd4jProgram program = forward.program();
    INDArray out = program.matrix(da);
    INDArray product = program.target(out, accumulate);
    program.multiply(program.matrix(dOut), program.matrix(b), product);
    program.deliver(product, out, accumulate);
    return program.build();
  }

  @Override
  public Op transfer(Matrix source, Matrix target, boolean accumulate) {
    requireShape(source, target, "target");
    Nd4jProgram program = forward.program();
    INDArray out = program.matrix(target);
    program.deliver(source.equals(target) ? out : program.matrix(source), out, accumulate);
    return program.build();
  }

  @Override
  public Op logitOfProductGradient(
      Matrix a,
      Matrix b,
      Matrix dOut,
      Matrix da,
      Matrix db,
      boolean accumulateA,
      boolean accumulateB) {
    requireShape(a, b, "b");
    requireShape(a, dOut, "dOut");
    requireShape(a, da, "da");
    requireShape(a, db, "db");
    Nd4jProgram program = forward.program();
    INDArray logitA = program.matrix(a);
    INDArray logitB = program.matrix(b);
    INDArray gradient = program.matrix(dOut);
    INDArray byA = program.scratchLike(logitA);
    INDArray byB = program.scratchLike(logitA);
    Nd4jActivations.logitOfProductDerivative(program, logitA, logitB, byA);
    Nd4jActivations.logitOfProductDerivative(program, logitB, logitA, byB);
    multiplied(program, byA, gradient, program.matrix(da), accumulateA);
    multiplied(program, byB, gradient, program.matrix(db), accumulateB);
    return program.build();
  }

  private static void requireShape(Matrix expected, Matrix actual, String name) {
    actual.requireShape(name, expected.rows(), expected.columns());
  }
}
