package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Matrix;
import org.bytedeco.dnnl.memory;

/**
 * How floats lie in memory: rows, columns, and floats from one to the next. A matrix of one row has
 * no gap, whatever its stride says, since primitives refuse or slow down where they see one.
 *
 * @param rows its rows, or 0 for a vector of one dimension
 * @param columns its columns
 * @param rowStride floats from row to row, or 0 where the primitive may choose the order
 * @param columnStride floats from column to column, or 0 likewise
 */
public record Tensor(long rows, long columns, long rowStride, long columnStride) {
  /** As a matrix lies. */
  public static Tensor of(Matrix matrix) {
    return new Tensor(
        matrix.rows(),
        matrix.columns(),
        matrix.rows() == 1 ? matrix.columns() : matrix.stride(),
        1);
  }

  /** A matrix read as its transpose. */
  public static Tensor transposed(Matrix matrix) {
    Tensor plain = of(matrix);
    return new Tensor(plain.columns, plain.rows, 1, plain.rowStride);
  }

  /** Of one dimension. */
  public static Tensor vector(int length) {
    return new Tensor(0, length, length, 1);
  }

  /** In the order that the primitive likes best. */
  static Tensor any(int rows, int columns) {
    return new Tensor(rows, columns, 0, 0);
  }

  /** One row. */
  static Tensor row(long columns) {
    return new Tensor(1, columns, columns, 1);
  }

  /** What the library calls it; lives in the current pointer scope. */
  public memory.desc descriptor() {
    if (rows == 0) {
      return new memory.desc(new long[] {columns}, memory.data_type.f32, new long[] {columnStride});
    }
    long[] shape = {rows, columns};
    return rowStride == 0
        ? new memory.desc(shape, memory.data_type.f32, memory.format_tag.any)
        : new memory.desc(shape, memory.data_type.f32, new long[] {rowStride, columnStride});
  }
}
