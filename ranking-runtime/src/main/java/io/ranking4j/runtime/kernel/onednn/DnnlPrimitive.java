package io.ranking4j.runtime.kernel.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * A primitive of the library: compiled code for fixed shapes, without data. Immutable and safe to
 * share; freed when all who retained it have released it.
 */
public final class DnnlPrimitive {
  private final primitive code;
  private final memory.desc scratchpad;
  private final memory.desc weights;
  private final long scratchpadBytes;
  private final String implementation;

  /** Takes what a recipe made. */
  public DnnlPrimitive(primitive code, primitive_desc_base description) {
    this.code = code;
    this.scratchpad = description.scratchpad_desc();
    this.weights = description.query_md(org.bytedeco.dnnl.global.dnnl.query.weights_md, 0);
    this.scratchpadBytes = scratchpad.get_size();
    this.implementation = description.impl_info_str().getString();
  }

  /** What the library calls the code that it chose, such as {@code "brg_matmul:avx512_core"}. */
  public String implementation() {
    return implementation;
  }

  void retain() {
    code.retainReference();
    scratchpad.retainReference();
    weights.retainReference();
  }

  void release() {
    code.releaseReference();
    scratchpad.releaseReference();
    weights.releaseReference();
  }

  primitive code() {
    return code;
  }

  memory.desc scratchpad() {
    return scratchpad;
  }

  long scratchpadBytes() {
    return scratchpadBytes;
  }

  /** The order of elements that it wants its weights in. */
  memory.desc weights() {
    return weights;
  }
}
