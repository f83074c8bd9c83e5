package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricValueTest {

  @Test
  void should_hold_the_number_when_it_is_defined() {
    MetricValue value = MetricValue.of(0.25);
    assertThat(value.isDefined()).isTrue();
    assertThat(value.value()).isEqualTo(0.25);
    assertThat(value.undefinedBecause()).isNull();
    assertThat(value).hasToString("0.25");
  }

  @Test
  void should_hold_nan_and_the_reason_when_it_is_not_defined() {
    MetricValue value = MetricValue.undefined("there are no rows");
    assertThat(value.isDefined()).isFalse();
    assertThat(value.value()).isNaN();
    assertThat(value.undefinedBecause()).isEqualTo("there are no rows");
    assertThat(value).hasToString("undefined: there are no rows");
  }

  @Test
  void should_refuse_nan_without_reason_and_a_number_with_one() {
    assertThatThrownBy(() -> MetricValue.of(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MetricValue(0, "no positives"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an undefined metric must be NaN, but was 0.0 (no positives)");
  }
}
