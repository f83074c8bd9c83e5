package io.ranking4j.nn.kernel.nd4j;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.kernel.GradientKernelsContract;

/** The same with floats that go in and out through copies, as on a GPU. */
class Nd4jStagedGradientKernelsTest extends GradientKernelsContract {
  private static final GradientKernels KERNELS = GradientKernels.of(Nd4jKernels.asIfOnDevice());

  @Override
  protected GradientKernels kernels() {
    return KERNELS;
  }
}
