package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Op;
import io.ranking4j.runtime.kernel.onednn.Argument;
import io.ranking4j.runtime.kernel.onednn.Dnnl;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import io.ranking4j.runtime.kernel.onednn.DnnlProgram;
import io.ranking4j.runtime.kernel.onednn.Tensor;
import java.util.List;

/**
 * Batch normalisation on oneDNN, which wants matrices without gaps; the running statistics are
 * moved in Java.
 */
final class DnnlBatchNorm {
  private final DnnlKernels kernels;

  DnnlBatchNorm(DnnlKernels kernels) {
    this.kernels = kernels;
  }

  Op forward(
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
    int columns = x.columns();
    gamma.requireShape("gamma", 1, columns);
    beta.requireShape("beta", 1, columns);
    mean.requireShape("mean", 1, columns);
    variance.requireShape("variance", 1, columns);
    runningMean.requireShape("runningMean", 1, columns);
    runningVariance.requireShape("runningVariance", 1, columns);
    DnnlGradientKernels.requireShape(x, out, "out");
    try (DnnlProgram program = kernels.program()) {
      Matrix result = program.target(out, false);
      program.run(
          new GradientRecipes.BatchNorm(Tensor.of(result), epsilon),
          List.of(
              Argument.of(Dnnl.ARG_SRC, program.dense(x)),
              Argument.vector(Dnnl.ARG_SCALE, gamma),
              Argument.vector(Dnnl.ARG_SHIFT, beta),
              Argument.vector(Dnnl.ARG_MEAN, mean),
              Argument.vector(Dnnl.ARG_VARIANCE, variance),
              Argument.of(Dnnl.ARG_DST, result)));
      program.deliver(result, out, false);
      program.use(runningMean);
      program.use(runningVariance);
      double unbiased = x.rows() / Math.max(1.0, x.rows() - 1);
      program.run(move(runningMean, mean, momentum, 1));
      program.run(move(runningVariance, variance, momentum, unbiased));
      return program.build();
    }
  }

  /** {@code running = momentum running + (1 - momentum) factor batch}. */
  private static Op move(Matrix running, Matrix batch, double momentum, double factor) {
    float[] old = new float[running.columns()];
    float[] now = new float[running.columns()];
    return () -> {
      running.readRow(0, old);
      batch.readRow(0, now);
      for (int c = 0; c < old.length; c++) {
        old[c] = (float) (momentum * old[c] + (1 - momentum) * factor * now[c]);
      }
      running.writeRow(0, old);
    };
  }

  Op backward(
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
    int columns = x.columns();
    gamma.requireShape("gamma", 1, columns);
    mean.requireShape("mean", 1, columns);
    variance.requireShape("variance", 1, columns);
    dGamma.requireShape("dGamma", 1, columns);
    dBeta.requireShape("dBeta", 1, columns);
    DnnlGradientKernels.requireShape(x, dOut, "dOut");
    DnnlGradientKernels.requireShape(x, dx, "dx");
    try (DnnlProgram program = kernels.program()) {
      Matrix result = program.target(dx, accumulateInput);
      program.run(
          new GradientRecipes.BatchNormBackward(
              new GradientRecipes.BatchNorm(Tensor.of(result), epsilon)),
          List.of(
              Argument.of(Dnnl.ARG_SRC, program.dense(x)),
              Argument.vector(Dnnl.ARG_SCALE, gamma),
              Argument.vector(Dnnl.ARG_MEAN, mean),
              Argument.vector(Dnnl.ARG_VARIANCE, variance),
              Argument.of(Dnnl.ARG_DIFF_DST, program.dense(dOut)),
              Argument.of(Dnnl.ARG_DIFF_SRC, result),
              Argument.vector(Dnnl.ARG_DIFF_SCALE, dGamma),
              Argument.vector(Dnnl.ARG_DIFF_SHIFT, dBeta)));
      program.deliver(result, dx, accumulateInput);
      return program.build();
    }
  }
}
