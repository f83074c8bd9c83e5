package io.ranking4j.nn.training;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How many threads ND4J's own operations may take: a setting of the process, which each training
 * limits while it runs. Where several train side by side, the least of their limits holds, and what
 * was set before comes back when the last one ends.
 */
final class HostThreads implements AutoCloseable {
  private static final List<Integer> LIMITS = new ArrayList<>();
  private static int before;

  private final Integer limit;
  private boolean closed;

  private HostThreads(int limit) {
    this.limit = limit;
  }

  /** Limits them until it is closed. */
  static HostThreads atMost(int limit) {
    synchronized (LIMITS) {
      if (LIMITS.isEmpty()) {
        before = Nd4j.getEnvironment().maxMasterThreads();
      }
      LIMITS.add(limit);
      set();
    }
    return new HostThreads(limit);
  }

  private static void set() {
    int least = LIMITS.stream().mapToInt(Integer::intValue).min().orElse(before);
    Nd4j.getEnvironment().setMaxMasterThreads(least);
  }

  @Override
  public void close() {
    synchronized (LIMITS) {
      if (!closed) {
        closed = true;
        LIMITS.remove(limit);
        set();
      }
    }
  }
}
