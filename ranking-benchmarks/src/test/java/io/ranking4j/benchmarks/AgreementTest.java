package io.ranking4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
  @Test
  void should_give_the_largest_difference_when_all_are_close() {
    double largest = Agreement.check("x", new float[] {0.5f, 0.2f}, new float[] {0.5f, 0.20005f});

    assertThat(largest).isCloseTo(5e-5, within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.5002f, 0.4998f, Float.NaN})
  void should_refuse_when_a_number_is_far_or_none(float theirs) {
    assertThatThrownBy(() -> Agreement.check("x", new float[] {0.5f}, new float[] {theirs}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("number 0");
  }

  @Test
  void should_refuse_when_there_are_not_as_many() {
    assertThatThrownBy(() -> Agreement.check("x", new float[2], new float[3]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 numbers")
        .hasMessageContaining("3");
  }
}
