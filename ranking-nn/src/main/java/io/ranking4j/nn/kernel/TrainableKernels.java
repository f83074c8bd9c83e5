package io.ranking4j.nn.kernel;

import io.ranking4j.runtime.kernel.Kernels;

/** Kernels that bring the gradients of their operations with them. */
public interface TrainableKernels extends Kernels {
  /** The gradients, on the same memory. */
  GradientKernels gradients();
}
