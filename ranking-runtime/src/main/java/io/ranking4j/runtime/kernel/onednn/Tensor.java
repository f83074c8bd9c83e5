package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Precision;
import org.bytedeco.dnnl.memory;

/**
 * How floats lie in memory: rows, columns, and floats from one to the next. A matrix of one row has
 * no gap, whatever its stride says, since primitives refuse or slow down where they see one.
 *
 * @param rows its rows, or 0 for a vector of one dimension
 * @param columns its columns
 * @param rowStride floats from row to row, or 0 where the primitive may choose the order
 * @param columnStride floats from column to column, or 0 likewise
 * @param precision whether they are floats or halves of floats; strides count elements
 */
public record Tensor(
    long rows, long columns, long rowStride, long columnStride, Precision precision) {
  /** Of floats. */
  public Tensor(long rows, long columns, long rowStride, long columnStride) {
    this(rows, columns, rowStride, columnStride, Precision.FLOAT);
  }

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

  /** The same elements rounded, row after row without gaps. */
  Tensor rounded() {
    return new Tensor(rows, columns, columns, 1, Precision.BFLOAT16);
  }

  /** The same elements, read as their transpose. */
  public Tensor transposed() {
    return new Tensor(columns, rows, columnStride, rowStride, precision);
  }

  /** Of one dimension. */
  public static Tensor vector(int length) {
    return new Tensor(0, length, length, 1);
  }

  /** In the order that the primitive likes best. */
  static Tensor any(int rows, int columns, Precision precision) {
    return new Tensor(rows, columns, 0, 0, precision);
  }

  /** One row. */
  static Tensor row(long columns) {
    return new Tensor(1, columns, columns, 1);
  }

  /** What the library calls it; lives in the current pointer scope. */
  public memory.desc descriptor() {
    memory.data_type type =
        precision == Precision.FLOAT ? memory.data_type.f32 : memory.data_type.bf16;
    if (rows == 0) {
      return new memory.desc(new long[] {columns}, type, new long[] {columnStride});
    }
    long[] shape = {rows, columns};
    return rowStride == 0
        ? new memory.desc(shape, type, memory.format_tag.any)
        : new memory.desc(shape, type, new long[] {rowStride, columnStride});
  }
}
