package io.ranking4j.fusion.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeasurementTest {
  @Test
  void should_compare_by_the_delta_method() {
    Measurement change = new Measurement(3, .3).relativeTo(new Measurement(2, .2));
    assertThat(change.mean()).isEqualTo(.485, within(1e-12));
    assertThat(change.standardError()).isEqualTo(.2121320, within(1e-7));
  }

  @Test
  void should_refuse_values_that_are_none() {
    assertThatThrownBy(() -> Measurement.exact(Double.NaN))
        .hasMessage("a measurement must be finite, but was NaN");
    assertThatThrownBy(() -> new Measurement(1, -1)).hasMessageContaining("but was -1.0");
    assertThat(Measurement.noisy(1).standardError()).isNaN();
  }
}
