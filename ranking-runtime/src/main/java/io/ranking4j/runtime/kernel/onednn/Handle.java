package io.ranking4j.runtime.kernel.onednn;

import com.sun.jna.Native;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something outside of Java that is freed when it is closed, or once nobody refers to this object
 * any more. Safe to share between threads.
 */
final class Handle implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicInteger OPEN = new AtomicInteger();

  /** What it is, which says how it is freed. */
  enum Kind {
    BLOCK,
    STREAM,
    DESCRIPTOR,
    MEMORY,
    POST_OPS,
    ATTRIBUTES,
    DESCRIPTION,
    PRIMITIVE
  }

  private final long address;
  private final Cleaner.Cleanable cleanable;

  /** Takes over what lies at an address. */
  Handle(Kind kind, long address) {
    this.address = address;
    this.cleanable = CLEANER.register(this, new Free(kind, address));
    OPEN.incrementAndGet();
  }

  /** Memory of so many bytes, not zeroed. */
  static Handle block(long bytes) {
    long address = Native.malloc(bytes);
    if (address == 0) {
      throw new OutOfMemoryError("no native memory of " + bytes + " bytes");
    }
    return new Handle(Kind.BLOCK, address);
  }

  /** Where it is; valid while this object is reachable and open. */
  long address() {
    return address;
  }

  @Override
  public void close() {
    cleanable.clean();
  }

  /** How many there are that are not freed yet, for tests. */
  static int open() {
    return OPEN.get();
  }

  private record Free(Kind kind, long address) implements Runnable {
    @Override
    public void run() {
      OPEN.decrementAndGet();
      switch (kind) {
        case BLOCK -> Native.free(address);
        case STREAM -> Functions.dnnl_stream_destroy(address);
        case DESCRIPTOR -> Functions.dnnl_memory_desc_destroy(address);
        case MEMORY -> Functions.dnnl_memory_destroy(address);
        case POST_OPS -> Functions.dnnl_post_ops_destroy(address);
        case ATTRIBUTES -> Functions.dnnl_primitive_attr_destroy(address);
        case DESCRIPTION -> Functions.dnnl_primitive_desc_destroy(address);
        case PRIMITIVE -> Functions.dnnl_primitive_destroy(address);
      }
    }
  }
}
