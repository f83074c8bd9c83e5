package io.ranking4j.runtime.kernel.onednn;

import java.util.ArrayList;
import java.util.List;

/**
 * What a primitive is described with, as the library takes it; freed when the scope is closed. Used
 * by one thread.
 */
public final class Scope implements AutoCloseable {
  private final List<Handle> handles = new ArrayList<>();

  /** One; to be closed by whoever makes it. */
  Scope() {}

  /** The address of the library's engine. */
  public long cpu() {
    return DnnlLibrary.cpu();
  }

  /** The address of a descriptor of a tensor. */
  public long descriptor(Tensor tensor) {
    return keep(tensor.descriptor()).address();
  }

  /**
   * The address of attributes of a primitive: these operations, and scratch memory that the caller
   * brings, without which a primitive could not be run by two threads at once.
   */
  public long attributes(List<PostOp> operations) {
    long[] made = new long[1];
    Dnnl.check(Functions.dnnl_primitive_attr_create(made), "make attributes");
    long attributes = keep(new Handle(Handle.Kind.ATTRIBUTES, made[0])).address();
    Dnnl.check(
        Functions.dnnl_primitive_attr_set_scratchpad_mode(attributes, Dnnl.SCRATCHPAD_OF_USER),
        "set the scratchpad's mode");
    if (!operations.isEmpty()) {
      Dnnl.check(Functions.dnnl_post_ops_create(made), "make post-operations");
      long list = keep(new Handle(Handle.Kind.POST_OPS, made[0])).address();
      for (PostOp operation : operations) {
        operation.append(list, this);
      }
      Dnnl.check(
          Functions.dnnl_primitive_attr_set_post_ops(attributes, list), "set post-operations");
    }
    return attributes;
  }

  /**
   * Keeps the description of a primitive.
   *
   * @param made where the library left its address
   * @param status what the library returned
   * @return the address
   */
  public long description(long[] made, int status) {
    Dnnl.check(status, "describe a primitive");
    return keep(new Handle(Handle.Kind.DESCRIPTION, made[0])).address();
  }

  private Handle keep(Handle handle) {
    handles.add(handle);
    return handle;
  }

  @Override
  public void close() {
    for (Handle handle : handles) {
      handle.close();
    }
  }
}
