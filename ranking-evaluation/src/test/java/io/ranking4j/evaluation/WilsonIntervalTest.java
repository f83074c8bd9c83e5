package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WilsonIntervalTest {

  @Test
  void should_match_the_reference() {
    Interval none = WilsonInterval.of(0, 10);
    assertThat(none.lower()).isZero();
    assertThat(none.upper()).isCloseTo(.2775328, within(5e-8));
    Interval some = WilsonInterval.of(8, 100);
    assertThat(some.lower()).isCloseTo(.0410935, within(5e-8));
    assertThat(some.upper()).isCloseTo(.1499811, within(5e-8));
    Interval all = WilsonInterval.of(10, 10);
    assertThat(all.lower()).isCloseTo(.7224672, within(5e-8));
    assertThat(all.upper()).isEqualTo(1);
  }

  @Test
  void should_match_scipy_when_another_confidence_is_asked_for() {
    Interval wide = WilsonInterval.of(8, 100, .99);
    assertThat(wide.lower()).isCloseTo(0.0335905628590715, within(1e-12));
    assertThat(wide.upper()).isCloseTo(0.1786748148222198, within(1e-12));
    Interval narrow = WilsonInterval.of(3, 20, .9);
    assertThat(narrow.lower()).isCloseTo(0.061582410477368316, within(1e-12));
    assertThat(narrow.upper()).isCloseTo(0.3218280756753068, within(1e-12));
  }

  @Test
  void should_know_nothing_when_there_are_no_trials() {
    assertThat(WilsonInterval.of(0, 0)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void should_refuse_what_is_out_of_range() {
    assertThatThrownBy(() -> WilsonInterval.of(11, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("successes must be in [0, 10.0], but was 11.0");
    assertThatThrownBy(() -> WilsonInterval.of(0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trials must be finite and at least 0, but was -1.0");
    assertThatThrownBy(() -> WilsonInterval.of(1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("confidence must be in (0, 1), but was 1.0");
  }
}
