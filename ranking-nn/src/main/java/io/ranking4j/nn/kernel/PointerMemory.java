package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Memory;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Native memory of somebody else, who also frees it. */
final class PointerMemory implements Memory {
  /** Kept so that what it points to is not freed while this is in use. */
  private final FloatPointer floats;

  private final FloatBuffer buffer;

  /** Shows the floats from the pointer's position to its limit. */
  PointerMemory(FloatPointer floats) {
    long count = floats.limit() - floats.position();
    // A buffer counts bytes in an int, and one of more floats would be cut in silence.
    if (floats.isNull() || count < 1 || count > Integer.MAX_VALUE / Float.BYTES) {
      throw new IllegalArgumentException(
          "a pointer must hold 1 to "
              + Integer.MAX_VALUE / Float.BYTES
              + " floats, but was "
              + floats);
    }
    this.floats = floats;
    this.buffer = floats.asBuffer();
  }

  @Override
  public int size() {
    return buffer.capacity();
  }

  @Override
  public void write(int at, float[] source, int from, int count) {
    open().put(at, source, from, count);
  }

  @Override
  public void read(int at, float[] target, int to, int count) {
    open().get(at, target, to, count);
  }

  /** Does nothing: the memory is not this one's. */
  @Override
  public void close() {}

  private FloatBuffer open() {
    if (floats.isNull()) {
      throw new IllegalStateException("the pointer's memory is freed");
    }
    return buffer;
  }
}
