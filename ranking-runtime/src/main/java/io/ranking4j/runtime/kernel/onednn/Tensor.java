package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Precision;

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

  // Written out: what a record generates is put together when it is first called.
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && rows == that.rows
        && columns == that.columns
        && rowStride == that.rowStride
        && columnStride == that.columnStride
        && precision == that.precision;
  }

  @Override
  public int hashCode() {
    long strides = 31 * rowStride + columnStride;
    return Long.hashCode(31 * (31 * (31 * rows + columns) + strides) + precision.hashCode());
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

  /** What the library calls it, to be closed. */
  Handle descriptor() {
    int type = precision == Precision.FLOAT ? Dnnl.F32 : Dnnl.BF16;
    long[] shape = rows == 0 ? new long[] {columns} : new long[] {rows, columns};
    long[] strides = rows == 0 ? new long[] {columnStride} : new long[] {rowStride, columnStride};
    long[] made = new long[1];
    int status =
        strides[0] == 0
            ? Functions.dnnl_memory_desc_create_with_tag(
                made, shape.length, shape, type, Dnnl.FORMAT_ANY)
            : Functions.dnnl_memory_desc_create_with_strides(
                made, shape.length, shape, type, strides);
    Dnnl.check(status, "describe a tensor");
    return new Handle(Handle.Kind.DESCRIPTOR, made[0]);
  }
}
