package io.ranking4j.nn.kernel.nd4j;

import io.ranking4j.runtime.kernel.Activation;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.SubOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Max;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.api.ops.impl.transforms.same.OneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.same.TimesOneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;

/** Functions of single elements, and their derivatives, as steps of a program. */
final class Nd4jActivations {
  private Nd4jActivations() {}

  /** {@code out = activation(x)}; {@code out} may be {@code x}. */
  static void apply(
      Nd4jProgram program,
      Activation activation,
      INDArray x,
      @Nullable INDArray slope,
      INDArray out) {
    switch (activation) {
      case NONE -> {
        if (x != out) {
          program.copy(x, out);
        }
      }
      case RELU -> program.run(new RectifiedLinear(x, out, 0));
      case PRELU -> {
        // max(x, 0) - slope max(-x, 0).
        INDArray below = program.scratchLike(x);
        program.run(new Negative(x, below));
        program.run(new RectifiedLinear(below, below, 0));
        program.multiplyRow(below, java.util.Objects.requireNonNull(slope), below);
        program.run(new RectifiedLinear(x, out, 0));
        program.run(new SubOp(out, below, out));
      }
      case TANH -> program.run(new Tanh(x, out));
      case SIGMOID -> program.run(new Sigmoid(x, out));
      case SOFTPLUS -> softplus(program, x, out);
    }
  }

  /** {@code out = max(x, 0) + ln(1 + exp(-|x|))}, which does not overflow. */
  static void softplus(Nd4jProgram program, INDArray x, INDArray out) {
    INDArray small = program.scratchLike(x);
    program.run(new Abs(x, small));
    program.run(new Negative(small, small));
    program.run(new Exp(small, small));
    program.run(new Log1p(small, small));
    program.run(new RectifiedLinear(x, out, 0));
    program.add(out, small, out);
  }

  /**
   * {@code out = -ln(exp(-a) + exp(-b) + exp(-a - b))}: a sum of positive terms, which neither
   * cancels nor overflows once the largest exponent is taken out. {@code out} may be {@code a}.
   */
  static void logitOfProduct(Nd4jProgram program, INDArray a, INDArray b, INDArray out) {
    INDArray u = program.scratchLike(a);
    INDArray v = program.scratchLike(a);
    INDArray both = program.scratchLike(a);
    INDArray largest = program.scratchLike(a);
    program.run(new Negative(a, u));
    program.run(new Negative(b, v));
    program.add(u, v, both);
    program.run(new Max(u, v, largest));
    program.run(new Max(largest, both, largest));
    for (INDArray term : new INDArray[] {u, v, both}) {
      program.run(new SubOp(term, largest, term));
      program.run(new Exp(term, term));
    }
    program.add(u, v, u);
    program.add(u, both, u);
    program.run(new Log(u, u));
    program.add(u, largest, u);
    program.run(new Negative(u, out));
  }

  /**
   * {@code out = sigmoid(softplus(other) - own)}, the derivative of the logit of a product by one
   * of its logits: it is {@code (1 + exp(other)) / (1 + exp(own) + exp(other))}.
   */
  static void logitOfProductDerivative(
      Nd4jProgram program, INDArray own, INDArray other, INDArray out) {
    softplus(program, other, out);
    program.run(new SubOp(out, own, out));
    program.run(new Sigmoid(out, out));
  }

  /** {@code out = activation'(x)}, given also {@code y = activation(x)}; from below at a kink. */
  static void derivative(
      Nd4jProgram program,
      Activation activation,
      INDArray x,
      INDArray y,
      @Nullable INDArray slope,
      INDArray out) {
    switch (activation) {
      case NONE -> throw new IllegalArgumentException("no function: " + activation);
      case RELU -> program.run(new Step(x, out, 0));
      case PRELU -> {
        INDArray below = program.scratchLike(x);
        program.run(new Step(x, out, 0));
        program.run(new OneMinus(out, below));
        program.multiplyRow(below, java.util.Objects.requireNonNull(slope), below);
        program.add(out, below, out);
      }
      case TANH -> {
        // (1 - y) (1 + y).
        INDArray minus = program.scratchLike(x);
        program.run(new OneMinus(y, minus));
        program.run(new Negative(y, out));
        program.run(new OneMinus(out, out));
        program.multiply(out, minus, out);
      }
      case SIGMOID -> program.run(new TimesOneMinus(y, out));
      case SOFTPLUS -> program.run(new Sigmoid(x, out));
    }
  }

  /** {@code out = factor x}. */
  static void scale(Nd4jProgram program, INDArray x, double factor, INDArray out) {
    program.run(new ScalarMultiplication(x, null, out, factor));
  }
}
