package io.ranking4j.nn.kernel.nd4j;

/** ND4J kernels that treat the host's memory as a GPU's, to which floats go through copies. */
public final class StagedKernels {
  private StagedKernels() {}

  /** Makes them. */
  public static Nd4jKernels create() {
    return Nd4jKernels.asIfOnDevice();
  }
}
