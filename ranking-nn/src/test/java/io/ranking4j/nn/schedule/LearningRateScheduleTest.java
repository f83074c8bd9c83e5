package io.ranking4j.nn.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LearningRateScheduleTest {
  static Stream<Arguments> factors() {
    return Stream.of(
        Arguments.of(LearningRateSchedule.CONSTANT, 7.5, 1.0),
        Arguments.of(new WarmUp(2), 0.0, 0.0),
        Arguments.of(new WarmUp(2), 0.5, 0.25),
        Arguments.of(new WarmUp(2), 9.0, 1.0),
        Arguments.of(new WarmUp(2, new StepDecay(0.5, 1)), 1.0, 0.25),
        Arguments.of(new CosineDecay(0.2), 0.0, 1.0),
        Arguments.of(new CosineDecay(0.2), 5.0, 0.6),
        Arguments.of(new CosineDecay(0), 2.5, 0.8535533905932737),
        Arguments.of(new CosineDecay(0.2), 10.0, 0.2),
        Arguments.of(new CosineDecay(0.2), 11.0, 0.2),
        Arguments.of(new StepDecay(0.1, 2), 1.99, 1.0),
        Arguments.of(new StepDecay(0.1, 2), 4.0, 0.01),
        Arguments.of(new ExponentialDecay(0.25), 0.5, 0.5),
        Arguments.of(new ExponentialDecay(0.25), 2.0, 0.0625));
  }

  @ParameterizedTest
  @MethodSource("factors")
  void should_give_the_factor_when_asked_at_a_time(
      LearningRateSchedule schedule, double epoch, double expected) {
    assertThat(schedule.factor(epoch, 10)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void should_refuse_when_a_part_is_out_of_range() {
    assertThatThrownBy(() -> new WarmUp(0))
        .hasMessageContaining("above 0")
        .hasMessageContaining("0");
    assertThatThrownBy(() -> new CosineDecay(1.5)).hasMessageContaining("but was 1.5");
    assertThatThrownBy(() -> new StepDecay(0, 1)).hasMessageContaining("by must be in (0, 1]");
    assertThatThrownBy(() -> new StepDecay(0.5, 0)).hasMessageContaining("but was 0");
    assertThatThrownBy(() -> new ExponentialDecay(2)).hasMessageContaining("but was 2");
  }
}
