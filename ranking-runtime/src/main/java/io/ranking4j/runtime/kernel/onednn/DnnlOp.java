package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Op;
import java.util.List;
import java.util.Set;

/** Steps in a row, with all they hold outside of Java. Freed along with any memory it works on. */
final class DnnlOp implements Op {
  private final Op[] steps;
  private final List<Runnable> releases;
  private final Set<DnnlMemory> memories;
  private volatile boolean closed;

  DnnlOp(List<Op> steps, List<Runnable> releases, Set<DnnlMemory> memories) {
    this.steps = steps.toArray(new Op[0]);
    this.releases = List.copyOf(releases);
    this.memories = Set.copyOf(memories);
    for (DnnlMemory memory : this.memories) {
      memory.attach(this);
    }
  }

  @Override
  public void run() {
    if (closed) {
      throw new IllegalStateException("a memory that the operation works on is closed");
    }
    for (Op step : steps) {
      step.run();
    }
  }

  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (DnnlMemory memory : memories) {
      memory.detach(this);
    }
    for (Runnable release : releases) {
      release.run();
    }
  }
}
