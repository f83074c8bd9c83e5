package io.ranking4j.runtime.kernel;

/**
 * A matrix inside a memory, row after row: element (r, c) is at {@code offset + r * stride + c}. A
 * view; owns nothing.
 *
 * @param memory where it is
 * @param offset where its first element is
 * @param rows its rows
 * @param columns its columns
 * @param stride floats from the start of a row to the start of the next, at least {@code columns}
 */
public record Matrix(Memory memory, int offset, int rows, int columns, int stride) {
  /** Refuses a matrix that does not fit into its memory. */
  public Matrix {
    if (rows < 1 || columns < 1 || stride < columns || offset < 0) {
      throw new IllegalArgumentException(
          "no matrix: " + rows + " x " + columns + ", stride " + stride + ", offset " + offset);
    }
    long end = offset + (long) (rows - 1) * stride + columns;
    if (end > memory.size()) {
      throw new IllegalArgumentException(
          "the matrix ends at " + end + ", its memory at " + memory.size());
    }
  }

  // Written out: what a record generates is put together when it is first called.
  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that
        && memory.equals(that.memory)
        && offset == that.offset
        && rows == that.rows
        && columns == that.columns
        && stride == that.stride;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * (31 * memory.hashCode() + offset) + rows) + columns) + stride;
  }

  /** A matrix without gaps between its rows. */
  public static Matrix of(Memory memory, int offset, int rows, int columns) {
    return new Matrix(memory, offset, rows, columns, columns);
  }

  /** Some of the columns, as a view. */
  public Matrix columns(int from, int count) {
    return new Matrix(memory, offset + from, rows, count, stride);
  }

  /** Whether there are no gaps between the rows. */
  public boolean contiguous() {
    return stride == columns || rows == 1;
  }

  /** Copies the first {@code columns} floats of {@code source} into row {@code r}. */
  public void writeRow(int r, float[] source) {
    memory.write(offset + r * stride, source, 0, columns);
  }

  /** Copies row {@code r} into the first {@code columns} floats of {@code target}. */
  public void readRow(int r, float[] target) {
    memory.read(offset + r * stride, target, 0, columns);
  }

  /**
   * Checks the shape of an operation's operand.
   *
   * @param name what the operation calls it
   * @throws IllegalArgumentException if the matrix has another shape
   */
  public void requireShape(String name, int expectedRows, int expectedColumns) {
    if (rows != expectedRows || columns != expectedColumns) {
      throw new IllegalArgumentException(
          String.format(
              "%s must be %d x %d, but was %d x %d",
              name, expectedRows, expectedColumns, rows, columns));
    }
  }

  /** Copies row-major floats without gaps into the matrix. */
  public void write(float[] source) {
    for (int r = 0; r < rows; r++) {
      memory.write(offset + r * stride, source, r * columns, columns);
    }
  }

  /** The elements, row-major without gaps: a copy. */
  public float[] toArray() {
    float[] copy = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      memory.read(offset + r * stride, copy, r * columns, columns);
    }
    return copy;
  }
}
