package io.ranking4j.benchmarks.serve;

import com.sun.management.ThreadMXBean;
import io.ranking4j.benchmarks.Comparison;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** How much a call allocates on the heap, counted by the virtual machine. */
final class Allocation {
  /** Bytes of an array before its elements. */
  static final int ARRAY_HEADER = 16;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int WARM_UP = 300;
  private static final int CALLS = 100;
  private static final int ROUNDS = 5;

  private Allocation() {}

  /** Bytes a call on this thread, the median of several rounds. */
  static double perCall(Comparison.Side side) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      side.call();
    }
    double[] bytes = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        side.call();
      }
      bytes[round] = (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) CALLS;
    }
    Arrays.sort(bytes);
    return bytes[ROUNDS / 2];
  }

  /** Bytes of the arrays of predictions: one of double for each task. */
  static double predictions(int candidates, int tasks) {
    return tasks * (ARRAY_HEADER + (double) Double.BYTES * candidates);
  }

  /**
   * Bytes of the arrays of a ranking: the predictions, the utilities, the order and the references
   * to the ids.
   */
  static double ranking(int candidates, int tasks) {
    return predictions(candidates, tasks + 1) + 2.0 * (ARRAY_HEADER + Integer.BYTES * candidates);
  }
}
