package io.ranking4j.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;

class JavaGradientKernelsTest extends GradientKernelsContract {
  @Override
  protected GradientKernels kernels() {
    return new JavaGradientKernels();
  }

  @Test
  void should_belong_to_the_java_kernels() {
    assertThat(new JavaGradientKernels().forward().name()).isEqualTo("java");
  }

  @Test
  void should_wrap_from_the_position_to_the_limit() {
    try (FloatPointer pointer = new FloatPointer(1, 2, 3, 4)) {
      pointer.position(1).limit(3);
      Memory memory = new JavaGradientKernels().wrap(pointer);
      float[] read = new float[2];

      memory.read(0, read, 0, 2);

      assertThat(memory.size()).isEqualTo(2);
      assertThat(read).containsExactly(2, 3);
      pointer.position(0);
    }
  }

  @Test
  void should_refuse_native_memory_when_it_is_freed_or_none() {
    JavaGradientKernels kernels = new JavaGradientKernels();
    FloatPointer pointer = new FloatPointer(1, 2);
    Memory memory = kernels.wrap(pointer);
    pointer.close();

    assertThatThrownBy(() -> memory.read(0, new float[2], 0, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the pointer's memory is freed");
    assertThatThrownBy(() -> kernels.wrap(pointer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a pointer must hold 1 to 536870911 floats, but was ");
  }

  @Test
  void should_sum_rows_in_double_precision() {
    // In float, 2^24 + 1 is 2^24 again, and the ones would be lost.
    int rows = 101;
    float[] values = new float[rows];
    Arrays.fill(values, 1);
    values[0] = 1 << 24;
    double sum = (1 << 24) + 100;
    JavaGradientKernels kernels = new JavaGradientKernels();
    try (GuardedMatrices matrices = new GuardedMatrices(kernels, false)) {
      Matrix column = matrices.of(rows, 1, values);
      Matrix bias = matrices.empty(1, 1);
      Matrix mean = matrices.empty(1, 1);

      kernels.denseWeightGradient(column, column, matrices.empty(1, 1), bias, false).run();
      kernels
          .batchNorm(
              column,
              matrices.of(1, 1, 1),
              matrices.of(1, 1, 0),
              mean,
              matrices.empty(1, 1),
              matrices.of(1, 1, 0),
              matrices.of(1, 1, 1),
              0.9f,
              1e-5f,
              matrices.empty(rows, 1))
          .run();

      assertThat(bias.toArray()).containsExactly((float) sum);
      assertThat(mean.toArray()).containsExactly((float) (sum / rows));
    }
  }

  @Test
  void should_refuse_operands_that_do_not_fit() {
    JavaGradientKernels kernels = new JavaGradientKernels();
    Matrix a = Matrix.of(kernels.forward().allocate(6), 0, 2, 3);
    Matrix b = Matrix.of(kernels.forward().allocate(6), 0, 3, 2);

    assertThatThrownBy(() -> kernels.multiplyGradient(b, a, a, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("b must be 2 x 3, but was 3 x 2");
    assertThatThrownBy(() -> kernels.denseWeightGradient(a, b, a, null, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dOut must be 2 x 2, but was 3 x 2");
    assertThatThrownBy(
            () ->
                kernels.activationGradient(
                    Activation.RELU, a, a, null, a, a, Matrix.of(a.memory(), 0, 1, 3), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RELU has no slopes and no gradient by them");
  }
}
