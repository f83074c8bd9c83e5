package io.ranking4j.runtime.kernel.onednn;

import org.bytedeco.dnnl.engine;

/**
 * All that a primitive depends on. Equal recipes make primitives that can stand in for each other,
 * so that they are made once: recipes are records.
 */
@FunctionalInterface
public interface Recipe {
  /** Makes the primitive, within the current pointer scope. */
  DnnlPrimitive make(engine cpu);
}
