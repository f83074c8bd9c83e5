package io.ranking4j.nn.kernel.nd4j;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Op;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.api.ops.impl.transforms.same.Square;

/**
 * Batch normalisation and its gradients. With {@code z = (x - mean) / sqrt(variance + epsilon)} and
 * n rows: {@code dBeta = sum dOut}, {@code dGamma = sum dOut z}, {@code dx = gamma / sqrt(variance
 * + epsilon) (dOut - dBeta / n - z dGamma / n)} (Ioffe and Szegedy, 2015).
 */
final class Nd4jBatchNorm {
  private Nd4jBatchNorm() {}

  static Op forward(
      Nd4jProgram program,
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
    int rows = x.rows();
    int columns = x.columns();
    mean.requireShape("mean", 1, columns);
    variance.requireShape("variance", 1, columns);
    out.requireShape("out", rows, columns);
    INDArray result = program.matrix(out);
    INDArray input = program.matrix(x);
    INDArray means = program.vector("mean", mean, columns);
    INDArray variances = program.vector("variance", variance, columns);
    INDArray ones = program.ones(rows);
    INDArray centred = program.scratch(rows, columns);
    INDArray squares = program.scratch(rows, columns);
    program.product(ones, false, input, false, 1.0 / rows, program.matrix(mean), false);
    program.subtractRow(input, means, centred);
    program.run(new Square(centred, squares));
    program.product(ones, false, squares, false, 1.0 / rows, program.matrix(variance), false);

    double unbiased = rows / Math.max(1.0, rows - 1);
    move(program, program.vector("runningMean", runningMean, columns), means, momentum, 1);
    move(
        program,
        program.vector("runningVariance", runningVariance, columns),
        variances,
        momentum,
        unbiased);

    INDArray factor = inverseDeviation(program, variances, epsilon);
    program.multiply(factor, program.vector("gamma", gamma, columns), factor);
    program.multiplyRow(centred, factor, result);
    program.addRow(result, program.vector("beta", beta, columns), result);
    return program.build();
  }

  /** {@code running = momentum running + (1 - momentum) factor batch}. */
  private static void move(
      Nd4jProgram program, INDArray running, INDArray batch, double momentum, double factor) {
    INDArray part = program.scratchLike(batch);
    Nd4jActivations.scale(program, batch, (1 - momentum) * factor, part);
    Nd4jActivations.scale(program, running, momentum, running);
    program.add(running, part, running);
  }

  private static INDArray inverseDeviation(
      Nd4jProgram program, INDArray variances, double epsilon) {
    INDArray inverse = program.scratchLike(variances);
    program.run(new ScalarAdd(variances, null, inverse, epsilon));
    program.run(new Sqrt(inverse, inverse));
    program.run(new Reciprocal(inverse, inverse));
    return inverse;
  }

  static Op backward(
      Nd4jProgram program,
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
    int rows = x.rows();
    int columns = x.columns();
    dOut.requireShape("dOut", rows, columns);
    dx.requireShape("dx", rows, columns);
    INDArray target = program.matrix(dx);
    INDArray gradient = program.matrix(dOut);
    INDArray byGamma = program.vector("dGamma", dGamma, columns);
    INDArray byBeta = program.vector("dBeta", dBeta, columns);
    INDArray ones = program.ones(rows);
    INDArray normalised = program.scratch(rows, columns);
    INDArray values = program.scratch(rows, columns);
    INDArray row = program.scratch(columns);
    INDArray inverse =
        inverseDeviation(program, program.vector("variance", variance, columns), epsilon);

    program.subtractRow(program.matrix(x), program.vector("mean", mean, columns), normalised);
    program.multiplyRow(normalised, inverse, normalised);
    program.multiply(gradient, normalised, values);
    program.product(ones, false, values, false, 1, program.matrix(dGamma), false);
    program.product(ones, false, gradient, false, 1, program.matrix(dBeta), false);

    Nd4jActivations.scale(program, byGamma, -1.0 / rows, row);
    program.multiplyRow(normalised, row, values);
    program.add(values, gradient, values);
    Nd4jActivations.scale(program, byBeta, -1.0 / rows, row);
    program.addRow(values, row, values);
    program.multiply(inverse, program.vector("gamma", gamma, columns), inverse);
    program.multiplyRow(values, inverse, values);
    program.deliver(values, target, accumulateInput);
    return program.build();
  }
}
