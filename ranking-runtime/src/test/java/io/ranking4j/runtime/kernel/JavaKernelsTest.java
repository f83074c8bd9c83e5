package io.ranking4j.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JavaKernelsTest extends KernelsContract {
  @Override
  protected Kernels kernels() {
    return new JavaKernels();
  }

  @Test
  void should_be_called_java() {
    assertThat(new JavaKernels().name()).isEqualTo("java");
  }

  @Test
  void should_refuse_to_use_memory_when_it_is_closed() {
    Memory memory = new JavaKernels().allocate(3);
    memory.close();

    assertThatThrownBy(() -> memory.read(0, new float[3], 0, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the memory is closed");
  }

  @Test
  void should_refuse_a_negative_size() {
    assertThatThrownBy(() -> new JavaKernels().allocate(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a memory's size must be at least 0, but was -1");
  }
}
