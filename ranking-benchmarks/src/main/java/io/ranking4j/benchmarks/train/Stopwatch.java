package io.ranking4j.benchmarks.train;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Wall time, and the processor time of the whole process, between two moments. */
final class Stopwatch {
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long wall;
  private long processor;
  private double seconds;
  private double processorSeconds;

  void start() {
    processor = system.getProcessCpuTime();
    wall = System.nanoTime();
  }

  void stop() {
    seconds = (System.nanoTime() - wall) / 1e9;
    processorSeconds = (system.getProcessCpuTime() - processor) / 1e9;
  }

  double seconds() {
    return seconds;
  }

  /** How many cores were busy on the average. */
  double cores() {
    return processorSeconds / seconds;
  }
}
