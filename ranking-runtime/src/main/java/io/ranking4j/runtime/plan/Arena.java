package io.ranking4j.runtime.plan;

import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;

/**
 * Memory for the values of a plan, for so many rows: one matrix for each root of the layout. Owns
 * its memory; not safe to share between threads.
 */
public final class Arena implements AutoCloseable {
  /** Roots start at multiples of this many floats, so that vector units read whole lines. */
  private static final int ALIGNMENT = 16;

  private final Layout layout;
  private final int rows;
  private final int[] offset;
  private final Memory memory;

  /** Allocates. */
  public Arena(Layout layout, int rows, Kernels kernels) {
    this.layout = layout;
    this.rows = rows;
    this.offset = new int[layout.size()];
    int end = 0;
    for (int root = 0; root < offset.length; root++) {
      if (layout.isRoot(root)) {
        offset[root] = end;
        int floats = Math.multiplyExact(rows, layout.width(root));
        end = Math.addExact(end, (floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
      }
    }
    this.memory = kernels.allocate(end);
  }

  /** The matrix of a value: a view. */
  public Matrix matrix(Value value) {
    int root = layout.root(value);
    return new Matrix(
        memory,
        offset[root] + layout.column(value),
        rows,
        value.width(),
        Math.max(layout.width(root), value.width()));
  }

  /** The matrix of a whole root: a view. */
  public Matrix root(int root) {
    return Matrix.of(memory, offset[root], rows, layout.width(root));
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  @Override
  public void close() {
    memory.close();
  }
}
