package io.ranking4j.runtime.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Epilogue;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.Op;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DnnlLifeCycleTest {
  private static final Epilogue RELU = Epilogue.of(null, Activation.RELU);

  private final DnnlKernels kernels = DnnlKernels.create(1);

  @Test
  void should_refuse_to_run_when_a_memory_is_closed() {
    for (int closed = 0; closed < 3; closed++) {
      Matrix[] matrices = {filled(3, 4, 1), filled(4, 2, 1), filled(3, 2, 0)};
      Op op = kernels.dense(matrices[0], matrices[1], RELU, matrices[2], true);
      op.run();

      matrices[closed].memory().close();

      assertThatThrownBy(op::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a memory that the operation works on is closed");
      for (Matrix matrix : matrices) {
        matrix.memory().close();
      }
    }
  }

  @Test
  void should_refuse_to_use_memory_when_it_is_closed() {
    Memory memory = kernels.allocate(3);
    memory.close();

    assertThatThrownBy(() -> memory.read(0, new float[3], 0, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the memory is closed");
    assertThatThrownBy(() -> kernels.add(matrix(memory), matrix(memory), matrix(memory)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the memory is closed");
  }

  private static Matrix matrix(Memory memory) {
    return Matrix.of(memory, 0, 1, 3);
  }

  @Test
  void should_free_everything_when_memories_are_closed() {
    Matrix w = filled(23, 17, 1);
    makeAndFree(w);
    int handles = Handle.open();

    for (int i = 0; i < 50; i++) {
      makeAndFree(w);
    }

    // Fewer where the garbage of another test went meanwhile.
    assertThat(Handle.open()).isLessThanOrEqualTo(handles);
    w.memory().close();
  }

  private void makeAndFree(Matrix w) {
    Matrix x = filled(5, 23, 1);
    Matrix wide = filled(5, 20, 0);
    Matrix out = wide.columns(2, 17);
    Matrix residual = filled(5, 17, 1);
    Epilogue epilogue = new Epilogue(null, Activation.TANH, null, null, null, residual);
    kernels.dense(x, w, epilogue, out, true).run();
    kernels.dense(x, w, epilogue, out, false).run();
    kernels.elementwise(out, RELU, out).run();
    x.memory().close();
    wide.memory().close();
    residual.memory().close();
  }

  @Test
  void should_share_packed_weights_until_the_last_user_is_closed() {
    Matrix w = filled(64, 64, 1);
    DnnlMemory weights = DnnlMemory.of(w);
    Matrix firstX = filled(8, 64, 1);
    Matrix firstOut = filled(8, 64, 0);
    Matrix secondX = filled(8, 64, 1);
    Matrix secondOut = filled(8, 64, 0);

    kernels.dense(firstX, w, RELU, firstOut, true).run();
    kernels.dense(secondX, w, RELU, secondOut, true).run();
    assertThat(weights.packedCopies()).isEqualTo(1);

    firstX.memory().close();
    firstOut.memory().close();
    assertThat(weights.packedCopies()).isEqualTo(1);
    secondX.memory().close();
    secondOut.memory().close();
    assertThat(weights.packedCopies()).isZero();
    weights.close();
  }

  @Test
  void should_pack_again_when_weights_were_written() {
    Matrix x = filled(2, 3, 1);
    Matrix w = filled(3, 2, 1);
    Matrix out = filled(2, 2, 0);
    kernels.dense(x, w, RELU, out, true).run();
    assertThat(out.toArray()).containsOnly(3);

    w.write(new float[] {2, 2, 2, 2, 2, 2});
    kernels.dense(x, w, RELU, out, true).run();

    assertThat(out.toArray()).containsOnly(6);
    x.memory().close();
    w.memory().close();
    out.memory().close();
  }

  @Test
  void should_refuse_wrapped_memory_when_its_owner_freed_it() {
    AtomicBoolean freed = new AtomicBoolean();
    try (Handle block = Handle.block(12)) {
      Memory memory = DnnlMemory.wrap(block.address(), 3, freed::get);
      freed.set(true);

      assertThatThrownBy(() -> memory.read(0, new float[3], 0, 3))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the pointer's memory is freed");
    }
  }

  @Test
  void should_leave_wrapped_memory_alone_when_the_view_is_closed() {
    try (Handle block = Handle.block(16)) {
      DnnlMemory whole = DnnlMemory.wrap(block.address(), 4, () -> false);
      whole.write(0, new float[] {1, 2, 3, 4}, 0, 4);

      DnnlMemory.wrap(whole.at(1), 2, () -> false).close();

      float[] read = new float[2];
      DnnlMemory.wrap(whole.at(1), 2, () -> false).read(0, read, 0, 2);
      assertThat(read).containsExactly(2, 3);
    }
  }

  @Test
  void should_refuse_to_wrap_nothing() {
    assertThatThrownBy(() -> DnnlMemory.wrap(0, 3, () -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but held 3 at 0");
  }

  @Test
  void should_refuse_memory_of_other_kernels() {
    Matrix heap = Matrix.of(new JavaKernels().allocate(4), 0, 2, 2);

    assertThatThrownBy(() -> kernels.add(heap, heap, heap))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HeapMemory");
  }

  @Test
  void should_refuse_less_than_one_thread() {
    assertThatThrownBy(() -> DnnlKernels.create(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 1, but was 0");
  }

  @Test
  void should_hold_the_calling_thread_to_its_threads_only_while_entered() {
    assumeTrue(OpenMp.reachable(), "OpenMP cannot be reached on this platform");
    int host = OpenMp.enter(3);
    try {
      DnnlKernels one = DnnlKernels.create(1);
      Matrix x = filled(2, 2, 1);
      one.add(x, x, x).run();
      assertThat(OpenMp.threads()).isEqualTo(3);

      int entered = one.enter();
      assertThat(OpenMp.threads()).isEqualTo(1);
      one.leave(entered);

      assertThat(OpenMp.threads()).isEqualTo(3);
      x.memory().close();
    } finally {
      OpenMp.leave(host);
    }
  }

  private Matrix filled(int rows, int columns, float value) {
    Matrix matrix = Matrix.of(kernels.allocate(rows * columns), 0, rows, columns);
    float[] values = new float[rows * columns];
    Arrays.fill(values, value);
    matrix.write(values);
    return matrix;
  }
}
