package io.ranking4j.runtime.serving;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is made for blocks of so many rows, on demand. Blocks are small enough for their numbers to
 * stay in the cache, and of few sizes: one with fewer rows is padded to the next. Used by one
 * thread at a time.
 *
 * @param <T> what is made
 */
public final class BlockSizes<T extends AutoCloseable> {
  private static final int[] ROWS = {1, 2, 4, 8, 16, 32, 48, 64, 80, 96, 112, 128};

  /** The most rows of a block. */
  public static final int LARGEST = ROWS[ROWS.length - 1];

  private final IntFunction<T> factory;
  private final @Nullable Object[] made = new @Nullable Object[ROWS.length];

  BlockSizes(IntFunction<T> factory) {
    this.factory = factory;
  }

  /** For at least so many rows. */
  @SuppressWarnings("unchecked")
  T of(int rows) {
    int size = 0;
    while (ROWS[size] < rows) {
      size++;
    }
    Object known = made[size];
    if (known == null) {
      known = factory.apply(ROWS[size]);
      made[size] = known;
    }
    return (T) known;
  }

  /** Those that were made. */
  @SuppressWarnings("unchecked")
  void forEach(java.util.function.Consumer<T> action) {
    for (Object one : made) {
      if (one != null) {
        action.accept((T) one);
      }
    }
  }
}
