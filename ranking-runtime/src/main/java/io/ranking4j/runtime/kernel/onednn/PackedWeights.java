package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Matrix;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;

/**
 * A copy of weights in the order of elements that a primitive reads fastest. Counts its users under
 * the lock of the memory that the weights lie in, and is freed with the last.
 */
final class PackedWeights {
  private final DnnlMemory source;
  private final Matrix weights;
  private final int version;
  private final memory.desc order;
  private final DnnlMemory copy;
  private int users = 1;

  PackedWeights(DnnlMemory source, Matrix weights, int version, memory.desc wanted) {
    this.source = source;
    this.weights = weights;
    this.version = version;
    this.order = wanted;
    order.retainReference();
    long bytes = wanted.get_size();
    this.copy = DnnlMemory.allocate(Math.toIntExact((bytes + Float.BYTES - 1) / Float.BYTES));
    Scopes.within(
        () -> {
          engine cpu = DnnlLibrary.cpu();
          memory.desc plain = Tensor.of(weights).descriptor();
          memory from = new memory(plain, cpu, source.at(weights.offset()));
          memory to = new memory(wanted, cpu, copy.at(0));
          new reorder(from, to).execute(new stream(cpu), from, to);
          return copy;
        });
  }

  boolean matches(Matrix other, int now, memory.desc wanted) {
    return now == version && weights.equals(other) && order.equals(wanted);
  }

  void retain() {
    users++;
  }

  /** Says whether that was the last user. */
  boolean release() {
    users--;
    if (users > 0) {
      return false;
    }
    copy.close();
    order.releaseReference();
    return true;
  }

  /** Where the copy lies. */
  DnnlMemory copy() {
    return copy;
  }

  /** Gives it back to the memory that it was packed for. */
  void giveBack() {
    source.release(this);
  }
}
