package io.ranking4j.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnnlGradientKernelsTest extends GradientKernelsContract {
  private static final GradientKernels KERNELS = new DnnlGradientKernels(DnnlKernels.create(1));

  @Override
  protected GradientKernels kernels() {
    return KERNELS;
  }

  /** The library falls back to slow code in silence; here it must not. */
  @Test
  void should_have_fast_code_for_training() {
    DnnlKernels forward = DnnlKernels.create(1);
    DnnlGradientKernels kernels = new DnnlGradientKernels(forward);
    List<Memory> memories = new ArrayList<>();
    for (int[] shape : new int[][] {{256, 320, 256}, {2048, 128, 64}, {37, 64, 1}}) {
      for (int gap : new int[] {0, 3}) {
        for (boolean accumulate : new boolean[] {false, true}) {
          bind(kernels, memories, shape, gap, accumulate);
        }
      }
    }
    assertThat(forward.implementations())
        .isNotEmpty()
        .allSatisfy(
            (recipe, implementation) ->
                assertThat(implementation).doesNotStartWith("ref").doesNotStartWith("simple"));
    memories.forEach(Memory::close);
  }

  private static void bind(
      GradientKernels kernels, List<Memory> memories, int[] shape, int gap, boolean accumulate) {
    int rows = shape[0];
    Matrix x = matrix(kernels, memories, rows, shape[1], gap);
    Matrix w = matrix(kernels, memories, shape[1], shape[2], 0);
    Matrix y = matrix(kernels, memories, rows, shape[2], gap);
    Matrix z = matrix(kernels, memories, rows, shape[2], 0);
    Matrix row = matrix(kernels, memories, 1, shape[2], 0);
    kernels.denseInputGradient(y, w, x, accumulate);
    kernels.denseWeightGradient(x, y, w, row, accumulate);
    for (Activation activation : Activation.values()) {
      Matrix slope = activation == Activation.PRELU ? row : null;
      kernels.activationGradient(activation, z, y, slope, y, z, slope, accumulate);
      kernels.activationGradient(activation, y, z, slope, z, y, slope, accumulate);
    }
    kernels.batchNorm(y, row, row, row, row, row, row, 0.9f, 1e-5f, z);
    kernels.batchNormGradient(z, row, row, row, 1e-5f, y, y, row, row, accumulate);
    kernels.multiplyGradient(y, z, z, accumulate);
    kernels.transfer(y, z, accumulate);
    kernels.logitOfProductGradient(y, z, y, z, y, accumulate, accumulate);
  }

  private static Matrix matrix(
      GradientKernels kernels, List<Memory> memories, int rows, int columns, int gap) {
    Memory memory = kernels.forward().allocate(rows * (columns + gap));
    memories.add(memory);
    return new Matrix(memory, 0, rows, columns, columns + gap);
  }
}
