package io.ranking4j.runtime.kernel;

/**
 * Floats that kernels of one kind can work on: an array, native memory, or memory of a device.
 * Owned by whoever allocated it, who closes it. Not safe to share between threads while written.
 */
public interface Memory extends AutoCloseable {
  /** How many floats there are. */
  int size();

  /** Copies {@code count} floats of {@code source} from {@code from} on into this at {@code at}. */
  void write(int at, float[] source, int from, int count);

  /** Copies {@code count} floats of this from {@code at} on into {@code target} at {@code to}. */
  void read(int at, float[] target, int to, int count);

  /** Frees it; further calls do nothing. What uses it afterwards fails or is undefined. */
  @Override
  void close();
}
