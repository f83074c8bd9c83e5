package io.ranking4j.nn.kernel.nd4j;

import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Floats of an ND4J array, its own or somebody else's; matrices are strided views of it. Closing it
 * frees the array, where it is its own, and what the operations on it work with; running one of
 * them afterwards is an {@link IllegalStateException}. It must not be closed while one runs.
 */
final class Nd4jMemory implements Memory {
  /** A buffer counts bytes in an int, and one of more floats would be cut in silence. */
  private static final int LARGEST = Integer.MAX_VALUE / Float.BYTES;

  private final INDArray array;

  /** The buffer that holds all of it, and where in there this begins. */
  private final DataBuffer data;

  private final long start;
  private final int size;
  private final boolean owned;

  /** The same floats where the host can reach them, else null. */
  private final @Nullable FloatBuffer host;

  /** Work space of operations; guarded by this. */
  private final List<INDArray> scratch = new ArrayList<>();

  private volatile boolean closed;

  private Nd4jMemory(INDArray array, int size, boolean owned, boolean staged) {
    this.array = array;
    this.size = size;
    this.owned = owned;
    DataBuffer root = array.data().originalDataBuffer();
    this.data = root == null ? array.data() : root;
    this.start = array.offset();
    this.host = staged ? null : data.asNioFloat();
  }

  /**
   * Zeroed memory.
   *
   * @param staged whether floats go in and out through copies, as they must where the host cannot
   *     reach the device's memory
   */
  static Nd4jMemory allocate(int floats, boolean staged) {
    if (floats < 0 || floats > LARGEST) {
      throw new IllegalArgumentException(
          "a memory's size must be at least 0 and at most " + LARGEST + ", but was " + floats);
    }
    // ND4J has no array of length 0 that can be viewed.
    return new Nd4jMemory(zeros(Math.max(1, floats)), floats, true, staged);
  }

  /** Shows the elements of an array, which stays its owner's. */
  static Nd4jMemory wrap(INDArray array, boolean staged) {
    if (array.dataType() != DataType.FLOAT
        // DL4J's parameters are a vector that calls itself 'f'.
        || (array.ordering() != 'c' && !array.isVectorOrScalar())
        || array.elementWiseStride() != 1
        || array.length() < 1
        || array.length() > LARGEST) {
      throw new IllegalArgumentException(
          "an array must hold 1 to "
              + LARGEST
              + " floats in order 'c' without gaps, but was "
              + array.shapeInfoToString());
    }
    return new Nd4jMemory(array, Math.toIntExact(array.length()), false, staged);
  }

  /** An array that no workspace of the host's takes back. */
  private static INDArray zeros(long... shape) {
    return outsideOfWorkspaces(() -> Nd4j.zeros(DataType.FLOAT, shape));
  }

  private static INDArray outsideOfWorkspaces(Supplier<INDArray> maker) {
    MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
    try {
      return maker.get();
    } finally {
      outside.close();
    }
  }

  /** Work space of an operation, freed with this memory. */
  synchronized INDArray scratch(long... shape) {
    requireOpen();
    INDArray made = zeros(shape);
    scratch.add(made);
    return made;
  }

  /** The matrix as an array of two dimensions: a view. */
  INDArray view(Matrix matrix) {
    requireOpen();
    return view(
        matrix.offset(),
        new long[] {matrix.rows(), matrix.columns()},
        new long[] {matrix.stride(), 1});
  }

  /** The only row of a matrix as an array of one dimension: a view. */
  INDArray vector(Matrix matrix) {
    requireOpen();
    return view(matrix.offset(), new long[] {matrix.columns()}, new long[] {1});
  }

  private INDArray view(int at, long[] shape, long[] strides) {
    return Nd4j.create(data, shape, strides, start + at, 'c');
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void write(int at, float[] source, int from, int count) {
    requireOpen();
    requireRange(at, count);
    if (count == 0) {
      return;
    }
    if (host != null) {
      host.put((int) start + at, source, from, count);
      return;
    }
    float[] part = Arrays.copyOfRange(source, from, from + count);
    try (INDArray copy = outsideOfWorkspaces(() -> Nd4j.createFromArray(part))) {
      view(at, new long[] {count}, new long[] {1}).assign(copy);
      Nd4j.getExecutioner().commit();
    }
  }

  @Override
  public void read(int at, float[] target, int to, int count) {
    requireOpen();
    requireRange(at, count);
    if (count == 0) {
      return;
    }
    if (host != null) {
      host.get((int) start + at, target, to, count);
      return;
    }
    INDArray view = view(at, new long[] {count}, new long[] {1});
    try (INDArray copy = outsideOfWorkspaces(view::dup)) {
      Nd4j.getExecutioner().commit();
      copy.data().asNioFloat().get(target, to, count);
    }
  }

  private void requireRange(int at, int count) {
    if (at < 0 || count < 0 || count > size - at) {
      throw new IndexOutOfBoundsException(
          "floats " + at + " to " + ((long) at + count) + " of a memory of " + size);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    scratch.forEach(INDArray::close);
    scratch.clear();
    if (owned) {
      array.close();
    }
  }

  /** Whether the array goes when this is closed. */
  boolean owned() {
    return owned;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the memory is closed");
    }
    if (array.wasClosed()) {
      throw new IllegalStateException("the array's memory is freed");
    }
  }

  /**
   * These kernels' memory behind a matrix.
   *
   * @throws IllegalArgumentException if the matrix lies in the memory of other kernels
   */
  static Nd4jMemory of(Matrix matrix) {
    if (matrix.memory() instanceof Nd4jMemory own) {
      return own;
    }
    throw new IllegalArgumentException(
        "ND4J works on memory that it allocated or wrapped, but was given "
            + matrix.memory().getClass().getSimpleName());
  }
}
