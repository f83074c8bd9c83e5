package io.ranking4j.runtime.kernel.onednn;

import io.ranking4j.runtime.kernel.Matrix;

/**
 * A copy of weights in the order of elements that a primitive reads fastest. Counts its users under
 * the lock of the memory that the weights lie in, and is freed with the last.
 */
final class PackedWeights {
  private static final long NO_ATTRIBUTES = 0;

  private final DnnlMemory source;
  private final Matrix weights;
  private final int version;

  /** Keeps the descriptor of the order. */
  private final DnnlPrimitive reader;

  private final DnnlMemory copy;
  private int users = 1;

  PackedWeights(DnnlMemory source, Matrix weights, int version, DnnlPrimitive reader) {
    this.source = source;
    this.weights = weights;
    this.version = version;
    this.reader = reader;
    reader.retain();
    long bytes = Functions.dnnl_memory_desc_get_size(reader.weights());
    this.copy = DnnlMemory.allocate(Math.toIntExact((bytes + Float.BYTES - 1) / Float.BYTES));
    DnnlPrimitive reorder = DnnlPrimitive.of(this::describe);
    try (Call call = new Call(reorder, 2);
        Handle plain = Tensor.of(weights).descriptor()) {
      call.add(Dnnl.ARG_SRC, plain.address(), source.at(weights.offset()));
      call.add(Dnnl.ARG_DST, reader.weights(), copy.at(0));
      call.run();
    }
    reorder.release();
  }

  private long describe(Scope scope) {
    long[] made = new long[1];
    return scope.description(
        made,
        Functions.dnnl_reorder_primitive_desc_create(
            made,
            scope.descriptor(Tensor.of(weights)),
            scope.cpu(),
            reader.weights(),
            scope.cpu(),
            NO_ATTRIBUTES));
  }

  boolean matches(Matrix other, int now, DnnlPrimitive primitive) {
    return now == version
        && weights.equals(other)
        && Functions.dnnl_memory_desc_equal(reader.weights(), primitive.weights()) != 0;
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
    reader.release();
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
