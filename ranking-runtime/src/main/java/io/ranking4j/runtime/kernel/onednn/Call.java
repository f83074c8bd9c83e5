package io.ranking4j.runtime.kernel.onednn;

import com.sun.jna.Pointer;
import io.ranking4j.runtime.kernel.Op;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * The run of a primitive on arguments that are laid out once, so that it allocates nothing. Whoever
 * makes it keeps the primitive and the memory that it works on until it is closed.
 */
final class Call implements Op, AutoCloseable {
  /** In the library's structure of an argument: its number, and behind it the address. */
  private static final int ARGUMENT_BYTES = 16;

  private static final int ADDRESS_AT = 8;

  private final long primitive;
  private final Handle stream;
  private final Handle arguments;
  private final List<Handle> operands = new ArrayList<>();
  private int count;
  private final Pointer layout;

  /** Has room for so many arguments. */
  Call(DnnlPrimitive primitive, int capacity) {
    this.primitive = primitive.code();
    long[] made = new long[1];
    int status = Functions.dnnl_stream_create(made, DnnlLibrary.cpu(), Dnnl.STREAM_IN_ORDER);
    Dnnl.check(status, "make a stream");
    this.stream = new Handle(Handle.Kind.STREAM, made[0]);
    this.arguments = Handle.block((long) capacity * ARGUMENT_BYTES);
    this.layout = new Pointer(arguments.address());
  }

  /**
   * Adds an argument.
   *
   * @param index the part it plays
   * @param descriptor the address of its descriptor, which is copied
   * @param at where its elements are
   */
  void add(int index, long descriptor, long at) {
    long[] made = new long[1];
    int status = Functions.dnnl_memory_create(made, descriptor, DnnlLibrary.cpu(), at);
    Dnnl.check(status, "make a memory");
    operands.add(new Handle(Handle.Kind.MEMORY, made[0]));
    layout.setInt((long) count * ARGUMENT_BYTES, index);
    layout.setLong((long) count * ARGUMENT_BYTES + ADDRESS_AT, made[0]);
    count++;
  }

  @Override
  public void run() {
    // A stream of the CPU has done its work when the call returns.
    try {
      Dnnl.check(
          Functions.dnnl_primitive_execute(primitive, stream.address(), count, arguments.address()),
          "run a primitive");
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void close() {
    for (Handle operand : operands) {
      operand.close();
    }
    arguments.close();
    stream.close();
  }
}
