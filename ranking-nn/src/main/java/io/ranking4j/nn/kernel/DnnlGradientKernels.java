package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.kernel.Precision;
import io.ranking4j.runtime.kernel.onednn.Argument;
import io.ranking4j.runtime.kernel.onednn.Dnnl;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import io.ranking4j.runtime.kernel.onednn.DnnlMemory;
import io.ranking4j.runtime.kernel.onednn.DnnlProgram;
import io.ranking4j.runtime.kernel.onednn.PostOp;
import io.ranking4j.runtime.kernel.onednn.Recipes;
import io.ranking4j.runtime.kernel.onednn.Tensor;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Gradients on oneDNN. A product's are products themselves; the sums over rows that a bias wants
 * are one with a row of ones, for which the library has faster code than for sums. Safe to share
 * between threads.
 */
public final class DnnlGradientKernels implements GradientKernels {
  private final DnnlKernels forward;
  private final JavaGradientKernels java = new JavaGradientKernels();

  /** The gradients of these kernels' operations. */
  public DnnlGradientKernels(DnnlKernels forward) {
    this.forward = forward;
  }

  @Override
  public Kernels forward() {
    return forward;
  }

  @Override
  public Memory wrap(FloatPointer floats) {
    return DnnlMemory.wrap(
        floats.address() + floats.position() * Float.BYTES,
        floats.limit() - floats.position(),
        floats::isNull);
  }

  @Override
  public Op denseInputGradient(Matrix dOut, Matrix w, Matrix dx, boolean accumulate) {
    w.requireShape("w", dx.columns(), dOut.columns());
    dx.requireShape("dx", dOut.rows(), w.rows());
    try (DnnlProgram program = forward.program()) {
      Precision rounding = forward.precision(w);
      Argument left = program.factor(Dnnl.ARG_SRC, dOut, rounding);
      Argument right = transposed(program.factor(Dnnl.ARG_WEIGHTS, w, rounding));
      product(program, left, right, dx, accumulate);
      return program.build();
    }
  }

  @Override
  public Op denseWeightGradient(
      Matrix x, Matrix dOut, Matrix dw, @Nullable Matrix dBias, boolean accumulate) {
    dOut.requireShape("dOut", x.rows(), dw.columns());
    dw.requireShape("dw", x.columns(), dOut.columns());
    try (DnnlProgram program = forward.program()) {
      Precision rounding = forward.precision(dw);
      Argument left = transposed(program.factor(Dnnl.ARG_SRC, x, rounding));
      Argument right = program.factor(Dnnl.ARG_WEIGHTS, dOut, rounding);
      product(program, left, right, dw, accumulate);
      if (dBias != null) {
        dBias.requireShape("dBias", 1, dOut.columns());
        Matrix ones = program.scratch(1, x.rows());
        float[] row = new float[x.rows()];
        Arrays.fill(row, 1);
        ones.write(row);
        Argument all = program.factor(Dnnl.ARG_WEIGHTS, dOut, Precision.FLOAT);
        product(program, Argument.of(Dnnl.ARG_SRC, ones), all, dBias, accumulate);
      }
      return program.build();
    }
  }

  private static Argument transposed(Argument factor) {
    return new Argument(factor.index(), factor.matrix(), factor.tensor().transposed());
  }

  private static void product(
      DnnlProgram program, Argument left, Argument right, Matrix target, boolean accumulate) {
    Matrix result = program.productTarget(target);
    boolean fused = accumulate && result.equals(target);
    program.run(
        new Recipes.Matmul(
            left.tensor(),
            right.tensor(),
            false,
            Tensor.of(result),
            fused ? List.of(new PostOp.Sum()) : List.of()),
        List.of(left, right, Argument.of(Dnnl.ARG_DST, result)));
    program.deliver(result, target, accumulate);
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
    requireShape(x, y, "y");
    requireShape(x, dOut, "dOut");
    requireShape(x, dx, "dx");
    if (activation == Activation.NONE) {
      return transfer(dOut, dx, accumulate);
    }
    try (DnnlProgram program = forward.program()) {
      // PReLU is not computed in place: see the forward direction.
      boolean apart = accumulate || (activation == Activation.PRELU && dx.equals(dOut));
      Matrix result = program.target(dx, apart);
      if (activation == Activation.PRELU) {
        if (slope == null || dSlope == null) {
          throw new IllegalArgumentException("PRELU has slopes and a gradient for them");
        }
        prelu(program, x, slope, dOut, result, dSlope, accumulate);
      } else {
        eltwise(program, activation, x, y, dOut, result);
      }
      program.deliver(result, dx, accumulate);
      return program.build();
    }
  }

  private static void eltwise(
      DnnlProgram program, Activation activation, Matrix x, Matrix y, Matrix dOut, Matrix dx) {
    int kind =
        switch (activation) {
          case RELU -> Dnnl.ELTWISE_RELU;
          case TANH -> Dnnl.ELTWISE_TANH_BY_DST;
          case SIGMOID -> Dnnl.ELTWISE_LOGISTIC_BY_DST;
          case SOFTPLUS -> Dnnl.ELTWISE_SOFT_RELU;
          case NONE, PRELU -> throw new IllegalArgumentException("no function: " + activation);
        };
    // The library's factor before the exponent of softplus; of no meaning to the others.
    float alpha = activation == Activation.SOFTPLUS ? 1 : 0;
    boolean byOutput = activation == Activation.TANH || activation == Activation.SIGMOID;
    Matrix at = program.dense(byOutput ? y : x);
    program.run(
        new GradientRecipes.EltwiseBackward(kind, alpha, Tensor.of(dx)),
        List.of(
            Argument.of(byOutput ? Dnnl.ARG_DST : Dnnl.ARG_SRC, at),
            Argument.of(Dnnl.ARG_DIFF_DST, program.dense(dOut)),
            Argument.of(Dnnl.ARG_DIFF_SRC, dx)));
  }

  private static void prelu(
      DnnlProgram program,
      Matrix x,
      Matrix slope,
      Matrix dOut,
      Matrix dx,
      Matrix dSlope,
      boolean accumulate) {
    slope.requireShape("slope", 1, x.columns());
    dSlope.requireShape("dSlope", 1, x.columns());
    Matrix slopes = program.target(dSlope, accumulate);
    program.run(
        new GradientRecipes.PreluBackward(Tensor.of(dx), Tensor.of(slope)),
        List.of(
            Argument.of(Dnnl.ARG_SRC, program.dense(x)),
            Argument.of(Dnnl.ARG_WEIGHTS, slope),
            Argument.of(Dnnl.ARG_DIFF_DST, program.dense(dOut)),
            Argument.of(Dnnl.ARG_DIFF_SRC, dx),
            Argument.of(Dnnl.ARG_DIFF_WEIGHTS, slopes)));
    program.deliver(slopes, dSlope, accumulate);
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
    return new DnnlBatchNorm(forward)
        .forward(
            x, gamma, beta, mean, variance, runningMean, runningVariance, momentum, epsilon, out);
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
    return new DnnlBatchNorm(forward)
        .backward(x, gamma, mean, variance, epsilon, dOut, dx, dGamma, dBeta, accumulateInput);
  }

  @Override
  public Op multiplyGradient(Matrix b, Matrix dOut, Matrix da, boolean accumulate) {
    requireShape(dOut, b, "b");
    requireShape(dOut, da, "da");
    try (DnnlProgram program = forward.program()) {
      Matrix left = program.dense(dOut);
      Matrix right = program.dense(b);
      // The sum is one with the product where the target has no gaps.
      boolean fused = accumulate && da.contiguous();
      Matrix result = fused ? da : program.target(da, accumulate);
      program.run(
          new Recipes.Binary(
              Dnnl.BINARY_MUL,
              Tensor.of(left),
              Tensor.of(right),
              Tensor.of(result),
              fused ? List.of(new PostOp.Sum()) : List.of()),
          List.of(
              Argument.of(Dnnl.ARG_SRC, left),
              Argument.of(Dnnl.ARG_SRC_1, right),
              Argument.of(Dnnl.ARG_DST, result)));
      program.deliver(result, da, accumulate);
      return program.build();
    }
  }

  @Override
  public Op transfer(Matrix source, Matrix target, boolean accumulate) {
    requireShape(source, target, "target");
    try (DnnlProgram program = forward.program()) {
      if (accumulate || !source.equals(target)) {
        program.copy(source, target, accumulate);
      }
      return program.build();
    }
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
    try (DnnlProgram program = forward.program()) {
      Matrix byA = program.target(da, accumulateA);
      Matrix byB = program.target(db, accumulateB);
      program.run(
          java.logitOfProductGradient(
              program.flat(a),
              program.flat(b),
              program.flat(dOut),
              program.flat(byA),
              program.flat(byB),
              false,
              false));
      program.deliver(byA, da, accumulateA);
      program.deliver(byB, db, accumulateB);
      return program.build();
    }
  }

  static void requireShape(Matrix expected, Matrix actual, String name) {
    actual.requireShape(name, expected.rows(), expected.columns());
  }
}
