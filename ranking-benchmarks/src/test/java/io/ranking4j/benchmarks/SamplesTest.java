package io.ranking4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void should_give_quantiles_in_any_order_when_there_are_more_than_it_started_with_room_for() {
    Samples samples = new Samples();
    for (int i = 2000; i >= 0; i--) {
      samples.add(i);
    }

    assertThat(samples.count()).isEqualTo(2001);
    assertThat(samples.median()).isEqualTo(1000);
    assertThat(samples.p99()).isEqualTo(1980);
    assertThat(samples.total()).isEqualTo(2_001_000);
  }

  @Test
  void should_interpolate_when_a_quantile_falls_between_two() {
    Samples samples = new Samples();
    samples.add(10);
    samples.add(20);

    assertThat(samples.median()).isEqualTo(15);
  }

  @Test
  void should_refuse_when_there_are_none() {
    assertThatThrownBy(() -> new Samples().median()).isInstanceOf(IllegalStateException.class);
  }
}
