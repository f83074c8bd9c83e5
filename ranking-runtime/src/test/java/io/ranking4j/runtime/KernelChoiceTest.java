package io.ranking4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.UnavailableException;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelChoiceTest {
  @Test
  void should_give_the_kernels_that_were_asked_for() {
    assertThat(KernelChoice.JAVA.create(1).name()).isEqualTo("java");
    if (DnnlKernels.available()) {
      assertThat(DnnlKernels.unavailability()).isEmpty();
      assertThat(KernelChoice.ONEDNN.create(1).name()).isEqualTo("onednn");
      assertThat(KernelChoice.FASTEST.create(1).name()).isEqualTo("onednn");
    } else {
      assertThat(DnnlKernels.unavailability()).isPresent();
      assertThatThrownBy(() -> KernelChoice.ONEDNN.create(1))
          .isInstanceOf(UnavailableException.class);
      assertThat(KernelChoice.FASTEST.create(1).name()).isEqualTo("java");
    }
  }

  @ParameterizedTest
  @EnumSource(KernelChoice.class)
  void should_refuse_less_than_one_thread(KernelChoice choice) {
    assertThatThrownBy(() -> choice.create(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 1, but was 0");
  }
}
