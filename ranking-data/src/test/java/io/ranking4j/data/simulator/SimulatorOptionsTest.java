package io.ranking4j.data.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorOptionsTest {
  @Test
  void should_use_every_action_at_its_rate_when_nothing_is_said() {
    SimulatorOptions options = SimulatorOptions.defaults();

    assertThat(options.rates()).containsOnlyKeys(Action.values());
    assertThat(options.rates())
        .containsEntry(Action.CLICK, 0.125)
        .containsEntry(Action.ORDER, 0.01);
    assertThat(options.trainDays() * options.requestsPerDay() * options.slateLength())
        .isEqualTo(200_000);
  }

  @Test
  void should_give_equal_options_when_rebuilt() {
    SimulatorOptions options =
        SimulatorOptions.builder()
            .users(7)
            .items(30)
            .slateLength(3)
            .requestsPerDay(11)
            .trainDays(2)
            .actions(Action.CLICK, Action.LONG_CLICK)
            .rate(Action.CLICK, 0.3)
            .positionBias(0.5)
            .orderingStrength(2)
            .noiseFree(true)
            .seed(9)
            .build();

    assertThat(options.toBuilder().build()).isEqualTo(options);
    assertThat(options)
        .isEqualTo(
            new SimulatorOptions(
                7,
                30,
                3,
                11,
                2,
                Map.of(Action.CLICK, 0.3, Action.LONG_CLICK, 0.05),
                0.5,
                2,
                true,
                9));
  }

  @Test
  void should_name_the_limit_when_a_number_is_out_of_range() {
    refused(SimulatorOptions.builder().users(0), "users must be at least 1, but was 0");
    refused(SimulatorOptions.builder().items(1), "items must be at least 2, but was 1");
    refused(
        SimulatorOptions.builder().items(20).slateLength(11),
        "slateLength must be in [1, items / 2 = 10], but was 11");
    refused(
        SimulatorOptions.builder().requestsPerDay(0),
        "requestsPerDay must be at least 1, but was 0");
    refused(SimulatorOptions.builder().trainDays(0), "trainDays must be at least 1, but was 0");
    refused(
        SimulatorOptions.builder().positionBias(Double.NaN),
        "positionBias must be at least 0 and finite, but was NaN");
    refused(
        SimulatorOptions.builder().orderingStrength(-1),
        "orderingStrength must be at least 0 and finite, but was -1.0");
    refused(
        SimulatorOptions.builder().requestsPerDay(100_000_000),
        "trainDays * requestsPerDay * slateLength must be at most 1073741823, but was 4000000000");
  }

  @Test
  void should_refuse_rates_that_cannot_nest() {
    refused(SimulatorOptions.builder().actions(), "rates must name at least one action");
    refused(
        SimulatorOptions.builder().rate(Action.SAVE, 1),
        "the rate of SAVE must be in (0, 1), but was 1.0");
    refused(
        SimulatorOptions.builder().actions(Action.CLICK, Action.ORDER),
        "ORDER needs the action CART, but there are only [CLICK, ORDER]");
    refused(
        SimulatorOptions.builder().rate(Action.CART, 0.2),
        "the rate of CART must be below that of CLICK, 0.125, but was 0.2");
  }

  private static void refused(SimulatorOptions.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(message);
  }
}
