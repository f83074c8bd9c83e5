package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FisherIntervalTest {

  @Test
  void should_match_scipy() {
    Interval interval = FisherInterval.of(.9008612160, 6);
    assertThat(interval.lower()).isCloseTo(.33210, within(5e-6));
    assertThat(interval.upper()).isCloseTo(.98921, within(5e-6));
    Interval narrow = FisherInterval.of(0.8509297544065342, 8, .9);
    assertThat(narrow.lower()).isCloseTo(0.48071362288269337, within(1e-12));
    assertThat(narrow.upper()).isCloseTo(0.9636807324591962, within(1e-12));
  }

  @Test
  void should_shrink_to_a_point_when_the_correlation_is_perfect() {
    assertThat(FisherInterval.of(1, 10)).isEqualTo(new Interval(1, 1));
    assertThat(FisherInterval.of(-1, 10)).isEqualTo(new Interval(-1, -1));
  }

  @Test
  void should_refuse_what_is_out_of_range() {
    assertThatThrownBy(() -> FisherInterval.of(Double.NaN, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("r must be in [-1, 1], but was NaN");
    assertThatThrownBy(() -> FisherInterval.of(.5, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pairs must be at least 4, but was 3");
  }
}
