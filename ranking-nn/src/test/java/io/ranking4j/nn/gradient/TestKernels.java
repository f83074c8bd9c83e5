package io.ranking4j.nn.gradient;

import io.ranking4j.nn.kernel.DnnlGradientKernels;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.kernel.JavaGradientKernels;
import io.ranking4j.nn.kernel.nd4j.Nd4jKernels;
import io.ranking4j.nn.kernel.nd4j.StagedKernels;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import java.util.ArrayList;
import java.util.List;

/** All gradient kernels that run on this machine. */
final class TestKernels {
  private static final List<GradientKernels> ALL = make();

  private TestKernels() {}

  static List<GradientKernels> all() {
    return ALL;
  }

  private static List<GradientKernels> make() {
    List<GradientKernels> kernels = new ArrayList<>();
    kernels.add(new JavaGradientKernels());
    if (DnnlKernels.available()) {
      kernels.add(new DnnlGradientKernels(DnnlKernels.create(1)));
    }
    kernels.add(GradientKernels.of(Nd4jKernels.create()));
    kernels.add(GradientKernels.of(StagedKernels.create()));
    return List.copyOf(kernels);
  }
}
