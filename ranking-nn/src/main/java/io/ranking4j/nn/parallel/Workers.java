package io.ranking4j.nn.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that do the parts of one piece of work side by side. The thread that
 * calls is one of them, so that a single worker starts no thread at all. Which part is whose never
 * changes: what the parts compute depends on the number of workers, not on their speed. Used by one
 * thread at a time; closing it ends the threads.
 *
 * <p>Pieces of work follow each other within a fraction of a millisecond, which is what waking a
 * sleeping thread may take: so who waits for the next one, or for the others, looks for it for a
 * while before going to sleep. Not so where there are fewer processors than workers.
 */
public final class Workers implements AutoCloseable {
  /** How long a waiting thread keeps its processor: about the serial part of a training step. */
  private static final long SPIN_NANOS = 200_000;

  /** Looks between two looks at the clock. */
  private static final int LOOKS = 64;

  private final int count;
  private final boolean spinning;
  private final List<Worker> others = new ArrayList<>();
  private final Waiter caller = new Waiter();

  /** What to do in this round; written before the round is. */
  private IntConsumer work = part -> {};

  private volatile int round;
  private volatile boolean closed;

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
    this.spinning = count <= Runtime.getRuntime().availableProcessors();
    for (int i = 1; i < count; i++) {
      others.add(new Worker(i));
    }
    for (Worker worker : others) {
      Thread thread = new Thread(worker, "ranking4j-training-" + worker.number);
      thread.setDaemon(true);
      thread.start();
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
   *
   * @throws IllegalStateException if the workers are closed and there is more than one
   */
  public void run(IntConsumer part) {
    if (others.isEmpty()) {
      part.accept(0);
      return;
    }
    if (closed) {
      throw new IllegalStateException("the workers are closed");
    }
    work = part;
    int current = round + 1;
    round = current;
    others.forEach(worker -> worker.waiter.wake());
    try {
      part.accept(0);
    } finally {
      // Whatever happened to part 0: nobody may touch what the others still work on.
      for (Worker worker : others) {
        caller.await(() -> worker.done == current);
      }
    }
    others.forEach(Worker::rethrow);
  }

  /** The first of {@code items} that worker {@code part} has; its last is before the next one's. */
  public int from(int part, int items) {
    return (int) ((long) items * part / count);
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    others.forEach(worker -> worker.waiter.wake());
  }

  private final class Worker implements Runnable {
    private final int number;
    private final Waiter waiter = new Waiter();
    private @Nullable Throwable failure;

    /** The last round whose part is done. */
    private volatile int done;

    Worker(int number) {
      this.number = number;
    }

    @Override
    public void run() {
      while (true) {
        int last = done;
        waiter.await(() -> round != last || closed);
        if (round == last) {
          return;
        }
        failure = null;
        try {
          work.accept(number);
        } catch (RuntimeException | Error e) {
          failure = e; // Thrown by the caller once all have ended.
        } finally {
          done = last + 1;
          caller.wake();
        }
      }
    }

    void rethrow() {
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      if (failure instanceof Error error) {
        throw error;
      }
    }
  }

  /** Waits on one thread for what another does. */
  private final class Waiter {
    private volatile @Nullable Thread asleep;

    void await(BooleanSupplier condition) {
      if (spinning && spin(condition)) {
        return;
      }
      boolean interrupted = false;
      // Who changes the condition looks afterwards whether somebody sleeps: no change is missed.
      asleep = Thread.currentThread();
      while (!condition.getAsBoolean()) {
        LockSupport.park(Workers.this);
        interrupted |= Thread.interrupted();
      }
      asleep = null;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean spin(BooleanSupplier condition) {
      long began = System.nanoTime();
      do {
        for (int look = 0; look < LOOKS; look++) {
          if (condition.getAsBoolean()) {
            return true;
          }
          Thread.onSpinWait();
        }
      } while (System.nanoTime() - began < SPIN_NANOS);
      return false;
    }

    void wake() {
      Thread thread = asleep;
      if (thread != null) {
        LockSupport.unpark(thread);
      }
    }
  }
}
