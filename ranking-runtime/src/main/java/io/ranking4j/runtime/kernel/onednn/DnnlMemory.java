package io.ranking4j.runtime.kernel.onednn;

import com.sun.jna.Pointer;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Native memory that oneDNN works on: its own, aligned to 64 bytes, or a view of somebody else's.
 * Closing it also frees what the operations on it hold outside of Java; running one of them
 * afterwards is an {@link IllegalStateException}. It must not be closed while an operation on it
 * runs.
 */
public final class DnnlMemory implements Memory {
  private static final int ALIGNMENT = 64;

  /** A buffer counts bytes in an int, and one of more floats would be cut in silence. */
  private static final int LARGEST = Integer.MAX_VALUE / Float.BYTES;

  /** What is freed with this, if it is its own. */
  private final @Nullable Handle block;

  /** Whether its owner freed it, if it is somebody else's; keeps the owner reachable. */
  private final BooleanSupplier freed;

  private final int size;
  private final long address;
  private final FloatBuffer buffer;
  private final Set<DnnlOp> users = ConcurrentHashMap.newKeySet();
  private final List<PackedWeights> packed = new ArrayList<>();
  private final AtomicInteger writes = new AtomicInteger();
  private volatile boolean closed;

  private DnnlMemory(@Nullable Handle block, BooleanSupplier freed, long address, int size) {
    this.block = block;
    this.freed = freed;
    this.address = address;
    this.size = size;
    this.buffer = view(address, size);
  }

  /**
   * Zeroed memory.
   *
   * @throws IllegalArgumentException if there are fewer than 0 or more than 2 GB of floats
   */
  static DnnlMemory allocate(int floats) {
    if (floats < 0 || floats > LARGEST - ALIGNMENT) {
      throw new IllegalArgumentException(
          "a memory's size must be at least 0 and at most "
              + (LARGEST - ALIGNMENT)
              + ", but was "
              + floats);
    }
    long bytes = (long) floats * Float.BYTES;
    Handle block = Handle.block(bytes + ALIGNMENT);
    new Pointer(block.address()).clear(bytes + ALIGNMENT);
    long start = (block.address() + ALIGNMENT - 1) & -ALIGNMENT;
    return new DnnlMemory(block, () -> false, start, floats);
  }

  /**
   * Shows floats that belong to somebody else. Closing the view leaves them alone.
   *
   * @param address where the first is
   * @param count how many
   * @param freed whether their owner has freed them, after which they are not read or written; is
   *     kept, and so keeps the owner reachable
   * @throws IllegalArgumentException if there are none, or more than 2 GB
   */
  public static DnnlMemory wrap(long address, long count, BooleanSupplier freed) {
    if (address == 0 || count < 1 || count > LARGEST) {
      throw new IllegalArgumentException(
          "a pointer must hold 1 to " + LARGEST + " floats, but held " + count + " at " + address);
    }
    return new DnnlMemory(null, freed, address, (int) count);
  }

  private static FloatBuffer view(long address, int floats) {
    return new Pointer(address)
        .getByteBuffer(0, (long) floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void write(int at, float[] source, int from, int count) {
    requireOpen();
    writes.incrementAndGet();
    buffer.put(at, source, from, count);
  }

  @Override
  public void read(int at, float[] target, int to, int count) {
    requireOpen();
    buffer.get(at, target, to, count);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (DnnlOp user : List.copyOf(users)) {
      user.close();
    }
    if (block != null) {
      block.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the memory is closed");
    }
    if (freed.getAsBoolean()) {
      throw new IllegalStateException("the pointer's memory is freed");
    }
  }

  /** Where the float at an offset lies, for as long as this is open. */
  long at(int offset) {
    requireOpen();
    return address + (long) offset * Float.BYTES;
  }

  /** Has the operation closed along with this. */
  void attach(DnnlOp op) {
    requireOpen();
    users.add(op);
  }

  /** Forgets an operation that was closed. */
  void detach(DnnlOp op) {
    users.remove(op);
  }

  /**
   * The weights in the order of elements that a primitive wants, shared by all operations that want
   * the same while {@link #write} leaves this memory alone.
   */
  PackedWeights pack(Matrix weights, DnnlPrimitive reader) {
    synchronized (packed) {
      int now = writes.get();
      for (PackedWeights candidate : packed) {
        if (candidate.matches(weights, now, reader)) {
          candidate.retain();
          return candidate;
        }
      }
      PackedWeights made = new PackedWeights(this, weights, now, reader);
      packed.add(made);
      return made;
    }
  }

  /** Gives packed weights back. */
  void release(PackedWeights weights) {
    synchronized (packed) {
      if (weights.release()) {
        packed.remove(weights);
      }
    }
  }

  /** How many packed copies of weights there are, for tests. */
  int packedCopies() {
    synchronized (packed) {
      return packed.size();
    }
  }

  /**
   * This library's memory behind a matrix.
   *
   * @throws IllegalArgumentException if the matrix lies in the memory of other kernels
   */
  static DnnlMemory of(Matrix matrix) {
    Memory memory = matrix.memory();
    if (memory instanceof DnnlMemory own) {
      return own;
    }
    throw new IllegalArgumentException(
        "oneDNN works on memory that it allocated or wrapped, but was given "
            + memory.getClass().getSimpleName());
  }
}
