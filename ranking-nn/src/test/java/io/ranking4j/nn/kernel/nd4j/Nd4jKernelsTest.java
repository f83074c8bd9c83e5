package io.ranking4j.nn.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.KernelsContract;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import org.junit.jupiter.api.Test;

class Nd4jKernelsTest extends KernelsContract {
  private static final Nd4jKernels KERNELS = Nd4jKernels.create();

  @Override
  protected Kernels kernels() {
    return KERNELS;
  }

  @Test
  void should_be_called_by_library_and_device() {
    assertThat(KERNELS.name()).isEqualTo("nd4j-cpu");
    assertThat(Nd4jKernels.on(new Nd4jBackend("a", true, 1)).name()).isEqualTo("nd4j-cuda");
  }

  @Test
  void should_keep_nan_through_a_product_and_relu() {
    try (Memory memory = KERNELS.allocate(64)) {
      Matrix x = Matrix.of(memory, 0, 2, 3);
      Matrix w = Matrix.of(memory, 16, 3, 2);
      Matrix out = Matrix.of(memory, 32, 2, 2);
      x.write(new float[] {1, Float.NaN, 1, -1, -1, 2});
      w.write(new float[] {1, 2, 1, 2, 1, 3});

      KERNELS.dense(x, w, Epilogue.of(null, Activation.RELU), out, true).run();

      assertThat(out.toArray()).containsExactly(Float.NaN, Float.NaN, 0, 2);
    }
  }

  @Test
  void should_keep_nan_when_logits_are_joined() {
    try (Memory memory = KERNELS.allocate(9)) {
      Matrix a = Matrix.of(memory, 0, 1, 3);
      Matrix b = Matrix.of(memory, 3, 1, 3);
      Matrix out = Matrix.of(memory, 6, 1, 3);
      a.write(new float[] {Float.NaN, 1, 0});
      b.write(new float[] {1, Float.NaN, 0});

      KERNELS.logitOfProduct(a, b, out).run();

      float[] joined = out.toArray();
      assertThat(joined[0]).isNaN();
      assertThat(joined[1]).isNaN();
      assertThat(joined[2]).isEqualTo((float) -Math.log(3));
    }
  }

  @Test
  void should_refuse_to_run_when_memory_is_closed() {
    Memory open = KERNELS.allocate(6);
    Memory closed = KERNELS.allocate(6);
    Op op =
        KERNELS.add(Matrix.of(open, 0, 2, 3), Matrix.of(closed, 0, 2, 3), Matrix.of(open, 0, 2, 3));
    closed.close();

    assertThatThrownBy(op::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the memory is closed");
    assertThatThrownBy(() -> closed.read(0, new float[1], 0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the memory is closed");
    open.close();
  }

  @Test
  void should_refuse_memory_of_other_kernels_and_sizes_that_there_are_not() {
    Matrix heap = Matrix.of(new JavaKernels().allocate(4), 0, 2, 2);

    assertThatThrownBy(() -> KERNELS.add(heap, heap, heap))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ND4J works on memory that it allocated or wrapped, but was given HeapMemory");
    assertThatThrownBy(() -> KERNELS.allocate(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a memory's size must be at least 0 and at most 536870911, but was -1");
    try (Memory none = KERNELS.allocate(0)) {
      assertThat(none.size()).isZero();
      assertThatThrownBy(() -> none.read(0, new float[1], 0, 1))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("floats 0 to 1 of a memory of 0");
    }
  }
}
