package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An epilogue as post-operations and their arguments. */
final class DnnlEpilogue {
  /**
   * {@code x max(0, min(1, x 1e38))}, which is max(x, 0) for all numbers. The library's own ReLU
   * turns NaN into 0, and so would hide a broken input behind a plausible output; this keeps it.
   */
  static final PostOp.Eltwise RELU = new PostOp.Eltwise(Dnnl.ELTWISE_HARDSWISH, 1e38f, 0);

  static final PostOp.Eltwise TANH = new PostOp.Eltwise(Dnnl.ELTWISE_TANH, 0, 0);

  static final PostOp.Eltwise SIGMOID = new PostOp.Eltwise(Dnnl.ELTWISE_LOGISTIC, 0, 0);

  private final List<PostOp> operations = new ArrayList<>();
  private final List<Argument> arguments;

  /** Appends to these arguments. */
  DnnlEpilogue(List<Argument> arguments) {
    this.arguments = arguments;
  }

  static void requireShapes(Epilogue epilogue, Matrix out) {
    require("bias", epilogue.bias(), 1, out);
    require("slope", epilogue.slope(), 1, out);
    require("scale", epilogue.scale(), 1, out);
    require("shift", epilogue.shift(), 1, out);
    require("residual", epilogue.residual(), out.rows(), out);
  }

  private static void require(String name, @Nullable Matrix operand, int rows, Matrix out) {
    if (operand != null) {
      operand.requireShape(name, rows, out.columns());
    }
  }

  /** The function of one number that an activation is, or null where it is none. */
  static PostOp.@Nullable Eltwise function(Activation activation) {
    return switch (activation) {
      case RELU -> RELU;
      case TANH -> TANH;
      case SIGMOID -> SIGMOID;
      case NONE, PRELU -> null;
      case SOFTPLUS ->
          // The library's is off by 2e-6 everywhere, which is all there is of it below -13.
          throw new IllegalArgumentException("softplus is computed in Java");
    };
  }

  void activate(Activation activation, @Nullable Matrix slope) {
    PostOp.Eltwise function = function(activation);
    if (function != null) {
      operations.add(function);
    } else if (slope != null) {
      arguments.add(Argument.ofPostOp(operations.size(), Dnnl.ARG_WEIGHTS, slope));
      operations.add(new PostOp.Prelu());
    }
  }

  void multiply(@Nullable Matrix operand) {
    combine(Dnnl.BINARY_MUL, operand);
  }

  void add(@Nullable Matrix operand) {
    combine(Dnnl.BINARY_ADD, operand);
  }

  void addOutput() {
    operations.add(new PostOp.Sum());
  }

  private void combine(int kind, @Nullable Matrix operand) {
    if (operand != null) {
      arguments.add(Argument.ofPostOp(operations.size(), Dnnl.ARG_SRC_1, operand));
      operations.add(new PostOp.Binary(kind, Tensor.of(operand)));
    }
  }

  List<PostOp> operations() {
    return operations;
  }
}
