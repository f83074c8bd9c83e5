package io.ranking4j.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Groups;
import org.junit.jupiter.api.Test;

class PositionsTest {

  private static final double[] CLICKS = {1, 0, 1, 1, 0, 0, 1, 0};
  private static final int[] POSITIONS = {1, 2, 1, 2, 1, 2, 1, 2};
  private static final Groups SLATES = Groups.of(new int[] {1, 1, 2, 2, 3, 3, 4, 4});

  @Test
  void should_divide_by_the_click_rate_of_the_first_position() {
    PositionBias bias = PositionBias.fromRandomized(CLICKS, POSITIONS, null, SLATES);
    assertThat(bias.examination(1)).isEqualTo(1);
    assertThat(bias.examination(2)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(bias.clickWeight(2, 10)).isCloseTo(3, within(1e-12));
    assertThat(bias.clickWeight(2, 2)).isEqualTo(2);
    assertThatThrownBy(() -> bias.examination(3))
        .hasMessage("positions must be among [1, 2], but was 3");
  }

  @Test
  void should_weight_slots_by_inverse_propensity_when_given() {
    double[] propensities = {.5, .5, 1, .25, .5, .5, .5, .5};
    PositionBias bias = PositionBias.fromRandomized(CLICKS, POSITIONS, propensities, null);
    // Position 1: 2 + 1 + 2 of 7; position 2: 4 of 10.
    assertThat(bias.examination(2)).isCloseTo(.4 / (5 / 7.0), within(1e-12));
  }

  @Test
  void should_be_undefined_when_the_first_position_has_no_click() {
    PositionBias bias =
        PositionBias.fromRandomized(new double[] {0, 1}, new int[] {1, 2}, null, null);
    assertThat(bias.relative().values()).allMatch(estimate -> !estimate.metric().isDefined());
    assertThatThrownBy(() -> bias.examination(2))
        .hasMessage(
            "the examination of position 2 must be above 0, but was undefined: the lowest position,"
                + " 1, has no click");
  }

  @Test
  void should_add_up_the_slots_of_a_list() {
    double[] propensities = {.5, .5, .5, .5, .5, .5, .5, .5};
    double[] target = {1, .5, .5, 0, .5, .5, 0, 1};
    SlateFeedback slates =
        SlateFeedback.itemPosition(CLICKS, POSITIONS, propensities, target, SLATES, null);
    assertThat(slates.slates()).isEqualTo(4);
    // Weighted clicks of the lists: 2, 1, 0, 0.
    Estimate ips = slates.inversePropensity();
    assertThat(ips.value()).isCloseTo(.75, within(1e-12));
    double variance = (1.25 * 1.25 + .25 * .25 + 2 * .75 * .75) / 3;
    assertThat(ips.standardError().value()).isCloseTo(Math.sqrt(variance / 4), within(1e-12));
    // Position 1 has 3 of a weight of 4, position 2 nothing.
    assertThat(slates.selfNormalized().value()).isCloseTo(.75, within(1e-12));
    SlateFeedback nothing =
        SlateFeedback.itemPosition(CLICKS, POSITIONS, propensities, new double[8], SLATES, null);
    assertThat(nothing.selfNormalized().metric().undefinedBecause())
        .isEqualTo("every weight at position 1 is 0: the judged policy takes no logged action");
  }

  @Test
  void should_weight_an_item_by_the_examination_that_it_gets() {
    PositionBias bias = PositionBias.fromRandomized(CLICKS, POSITIONS, null, null);
    double[][] logging = new double[8][];
    double[][] target = new double[8][];
    for (int slot = 0; slot < 8; slot++) {
      logging[slot] = new double[] {.5, .5};
      target[slot] = slot % 2 == 0 ? new double[] {1, 0} : new double[] {0, 1};
    }
    SlateFeedback slates =
        SlateFeedback.positionBased(CLICKS, POSITIONS, logging, target, bias, SLATES, null);
    assertThat(slates.weight(0)).isCloseTo(1 / (2 / 3.0), within(1e-12));
    assertThat(slates.weight(1)).isCloseTo(1 / 3.0 / (2 / 3.0), within(1e-12));
    logging[3] = new double[2];
    assertThatThrownBy(
            () ->
                SlateFeedback.positionBased(CLICKS, POSITIONS, logging, target, bias, SLATES, null))
        .hasMessage(
            "the logging policy must examine what it shows, but row 3 has probability 0"
                + " everywhere");
  }

  @Test
  void should_refuse_a_log_that_does_not_fit() {
    assertThatThrownBy(
            () -> SlateFeedback.itemPosition(CLICKS, POSITIONS, CLICKS, CLICKS, SLATES, null))
        .hasMessage("propensities must be in (0, 1], but row 1 was 0.0");
    assertThatThrownBy(
            () -> PositionBias.fromRandomized(new double[] {.5}, new int[] {1}, null, null))
        .hasMessage("clicks must be 0 or 1, but row 0 was 0.5");
  }
}
