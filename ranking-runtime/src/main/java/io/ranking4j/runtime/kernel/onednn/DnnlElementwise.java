package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Element-wise operations. The library has fast code for them on matrices without gaps only, and
 * fast chains that begin with a binary operation only: matrices with gaps are copied, and a
 * function of one number stands alone.
 */
final class DnnlElementwise {
  private final DnnlProgram program;

  DnnlElementwise(DnnlProgram program) {
    this.program = program;
  }

  /** {@code out = epilogue(x)}. */
  void apply(Matrix x, Epilogue epilogue, Matrix out) {
    Activation activation = epilogue.activation();
    Matrix residual = epilogue.residual();
    boolean vectors = epilogue.bias() != null || epilogue.scale() != null;
    if (!vectors && activation == Activation.NONE) {
      if (residual != null) {
        combine(Dnnl.BINARY_ADD, x, residual, out);
      } else if (!x.equals(out)) {
        program.copy(x, out, false);
      }
      return;
    }
    // Steps work in place after the first, so the result must not lie on the residual meanwhile.
    Matrix result =
        residual != null && residual.memory() == out.memory()
            ? program.scratch(out.rows(), out.columns())
            : program.target(out, false);
    Matrix at = program.dense(x);
    if (epilogue.bias() != null) {
      at = binary(Dnnl.BINARY_ADD, at, epilogue.bias(), result, null);
    }
    if (activation != Activation.NONE) {
      at = activate(at, activation, epilogue.slope(), result);
    }
    if (epilogue.scale() != null) {
      at = binary(Dnnl.BINARY_MUL, at, epilogue.scale(), result, epilogue.shift());
    }
    if (residual != null) {
      binary(Dnnl.BINARY_ADD, at, program.dense(residual), result, null);
    }
    program.deliver(result, out, false);
  }

  /** {@code out = a op b}, all of one shape. */
  void combine(int kind, Matrix a, Matrix b, Matrix out) {
    Matrix left = program.dense(a);
    Matrix right = program.dense(b);
    Matrix result = program.target(out, false);
    binary(kind, left, right, result, null);
    program.deliver(result, out, false);
  }

  private Matrix binary(int kind, Matrix a, Matrix b, Matrix out, @Nullable Matrix added) {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(Argument.of(Dnnl.ARG_SRC, a));
    arguments.add(Argument.of(Dnnl.ARG_SRC_1, b));
    arguments.add(Argument.of(Dnnl.ARG_DST, out));
    DnnlEpilogue epilogue = new DnnlEpilogue(arguments);
    epilogue.add(added);
    program.run(
        new Recipes.Binary(kind, Tensor.of(a), Tensor.of(b), Tensor.of(out), epilogue.operations()),
        arguments);
    return out;
  }

  private Matrix activate(Matrix from, Activation activation, @Nullable Matrix slope, Matrix out) {
    Matrix x = from;
    if (slope != null && from.equals(out)) {
      // In place, oneDNN 3.8 gives a row's last elements wrongly.
      x = program.scratch(from.rows(), from.columns());
      program.copy(from, x, false);
    }
    List<Argument> arguments = new ArrayList<>();
    arguments.add(Argument.of(Dnnl.ARG_SRC, x));
    arguments.add(Argument.of(Dnnl.ARG_DST, out));
    PostOp.Eltwise function = DnnlEpilogue.function(activation);
    if (function != null) {
      program.run(
          new Recipes.Eltwise(Dnnl.FORWARD_INFERENCE, function, Tensor.of(x), Tensor.of(out)),
          arguments);
    } else if (slope != null) {
      arguments.add(Argument.of(Dnnl.ARG_WEIGHTS, slope));
      program.run(
          new Recipes.Prelu(Dnnl.FORWARD_INFERENCE, Tensor.of(x), Tensor.of(out)), arguments);
    }
    return out;
  }
}
