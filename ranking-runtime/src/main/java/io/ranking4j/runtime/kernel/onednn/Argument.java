package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Matrix;

/**
 * What a primitive reads or writes.
 *
 * @param index the library's number for the part it plays, such as {@link Dnnl#ARG_SRC}
 * @param matrix where it is
 * @param tensor how the primitive sees it, as its recipe said
 */
public record Argument(int index, Matrix matrix, Tensor tensor) {
  /** A matrix, as it lies. */
  public static Argument of(int index, Matrix matrix) {
    return new Argument(index, matrix, Tensor.of(matrix));
  }

  /** A matrix of one row, as a vector of one dimension. */
  public static Argument vector(int index, Matrix row) {
    return new Argument(index, row, Tensor.vector(row.columns()));
  }

  /** The operand of the post-operation with this number, counted from 0. */
  static Argument ofPostOp(int number, int part, Matrix matrix) {
    return of(Dnnl.ARG_POST_OP * (number + 1) | part, matrix);
  }
}
