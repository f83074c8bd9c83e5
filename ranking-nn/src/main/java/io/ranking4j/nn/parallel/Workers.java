package io.ranking4j.nn.parallel;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * A fixed number of threads that do the parts of one piece of work side by side. The thread that
 * calls is one of them, so that a single worker starts no thread at all. Which part is whose never
 * changes: what the parts compute depends on the number of workers, not on their speed. Used by one
 * thread at a time; closing it ends the threads.
 */
public final class Workers implements AutoCloseable {
  private final int count;
  private final List<ExecutorService> others = new ArrayList<>();

  /**
   * Starts the threads.
   *
   * @param count how many work, the caller included; at least 1
   */
  public Workers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("workers must be at least 1, but were " + count);
    }
    this.count = count;
    for (int i = 1; i < count; i++) {
      others.add(
          Executors.newSingleThreadExecutor(
              new ThreadFactoryBuilder()
                  .setNameFormat("ranking4j-training-" + i)
                  .setDaemon(true)
                  .build()));
    }
  }

  /** The calling thread alone. */
  public static Workers single() {
    return new Workers(1);
  }

  /** How many work, the caller included. */
  public int count() {
    return count;
  }

  /**
   * Does the parts 0 to {@link #count} - 1, each on a thread of its own, part 0 on the caller's,
   * and returns when all are done. What one of them throws is thrown here.
   */
  public void run(IntConsumer part) {
    List<Future<?>> running = new ArrayList<>(others.size());
    for (int i = 1; i < count; i++) {
      int number = i;
      running.add(others.get(i - 1).submit(() -> part.accept(number)));
    }
    try {
      part.accept(0);
    } finally {
      // Whatever happened to part 0: nobody may touch what the others still work on.
      running.forEach(Workers::awaitEnd);
    }
    running.forEach(Workers::rethrow);
  }

  private static void awaitEnd(Future<?> future) {
    try {
      Uninterruptibles.getUninterruptibly(future);
    } catch (ExecutionException e) {
      return; // Thrown once all have ended.
    }
  }

  private static void rethrow(Future<?> future) {
    try {
      Uninterruptibles.getUninterruptibly(future);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("a part of the work failed", e.getCause());
    }
  }

  /** The first of {@code items} that worker {@code part} has; its last is before the next one's. */
  public int from(int part, int items) {
    return (int) ((long) items * part / count);
  }

  /** Ends the threads. */
  @Override
  public void close() {
    others.forEach(ExecutorService::shutdown);
  }
}
