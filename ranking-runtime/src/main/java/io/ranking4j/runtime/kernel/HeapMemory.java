package io.ranking4j.runtime.kernel;

import org.jspecify.annotations.Nullable;

/** Floats in an array. */
final class HeapMemory implements Memory {
  private final int size;
  private float @Nullable [] floats;

  HeapMemory(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("a memory's size must be at least 0, but was " + size);
    }
    this.size = size;
    this.floats = new float[size];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void write(int at, float[] source, int from, int count) {
    System.arraycopy(source, from, open(), at, count);
  }

  @Override
  public void read(int at, float[] target, int to, int count) {
    System.arraycopy(open(), at, target, to, count);
  }

  @Override
  public void close() {
    floats = null;
  }

  private float[] open() {
    float[] open = floats;
    if (open == null) {
      throw new IllegalStateException("the memory is closed");
    }
    return open;
  }
}
