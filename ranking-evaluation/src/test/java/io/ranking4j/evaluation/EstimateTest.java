package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void should_be_the_textbook_error_of_a_mean_when_rows_are_independent() {
    double[] influences = {-.5, 0, .5}; // of 1.5, 3 and 4.5, whose mean is 3 and variance 2.25
    Estimate mean = Estimate.ofInfluences(3, influences, null, .95);
    assertThat(mean.value()).isEqualTo(3);
    assertThat(mean.standardError().value()).isCloseTo(Math.sqrt(2.25 / 3), within(1e-12));
    assertThat(mean.interval().lower())
        .isCloseTo(3 - 1.959963984540054 * Math.sqrt(.75), within(1e-12));
    assertThat(mean.interval().contains(3)).isTrue();
  }

  @Test
  void should_not_shrink_when_every_row_of_a_cluster_is_repeated() {
    double[] once = {-.5, .1, .4};
    double[] twice = {-.25, -.25, .05, .05, .2, .2};
    Groups clusters = Groups.of(new int[] {7, 7, 8, 8, 9, 9});
    assertThat(Estimate.ofInfluences(1, twice, clusters, .95).standardError().value())
        .isCloseTo(
            Estimate.ofInfluences(1, once, null, .95).standardError().value(), within(1e-15));
  }

  @Test
  void should_say_why_when_one_cluster_holds_every_row() {
    Estimate alone = Estimate.ofInfluences(2, new double[] {0, 0}, Groups.of(new int[2]), .95);
    assertThat(alone.value()).isEqualTo(2);
    assertThat(alone.standardError().value()).isNaN();
    assertThat(alone.standardError().undefinedBecause())
        .isEqualTo("a standard error needs at least 2 clusters of rows, but there was 1");
    assertThat(alone.interval().contains(-1e300)).isTrue();
  }

  @Test
  void should_stay_above_0_when_the_value_is_positive() {
    Estimate ratio = Estimate.ofPositive(.5, new double[] {-.9, .9}, null, .95);
    assertThat(ratio.interval().lower()).isPositive();
    assertThat(ratio.interval().lower() * ratio.interval().upper()).isCloseTo(.25, within(1e-12));
    Estimate zero = Estimate.ofPositive(0, new double[] {0, 0}, null, .95);
    assertThat(zero.interval()).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
    assertThatThrownBy(() -> Estimate.ofPositive(-1, new double[2], null, .95))
        .hasMessage("the value must be at least 0, but was -1.0");
  }

  @Test
  void should_refuse_what_no_estimate_can_have() {
    assertThatThrownBy(() -> Estimate.normal(0, -1, .95))
        .hasMessage("a standard error must be finite and at least 0, but was -1.0");
    assertThatThrownBy(() -> Estimate.normal(0, 1, 1))
        .hasMessage("confidence must be in (0, 1), but was 1.0");
    assertThatThrownBy(() -> Estimate.ofInfluences(0, new double[3], Groups.of(new int[2]), .95))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
