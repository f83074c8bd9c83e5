package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TemperatureCalibratorTest {
  private static final double[] P = {.05, .22, .31, .58, .71, .9, .83, .95};
  private static final double[] Y = {0, 0, 1, 0, 1, 1, 0, 1};

  @Test
  void should_match_reference_when_optimum_is_inside() {
    // The inverse of .660487167122835, by Newton's method in 40 digits.
    TemperatureCalibrator fitted = TemperatureCalibrator.fit(P, Y);
    assertThat(fitted.temperature()).isCloseTo(1.5140339582314, within(1e-11));
    assertThat(fitted.atBound()).isFalse();
    assertThat(fitted.calibrate(0.5)).isEqualTo(0.5);
  }

  @Test
  void should_match_reference_when_rows_are_weighted() {
    double[] weights = {1, 2, 1, 1, 3, 2, .5, 1};
    assertThat(TemperatureCalibrator.fit(P, Y, weights).temperature())
        .isCloseTo(0.7918881754917, within(1e-11));
  }

  @Test
  void should_give_the_same_temperature_when_weights_are_scaled() {
    double[] weights = new double[8];
    java.util.Arrays.fill(weights, 1e-200);
    assertThat(TemperatureCalibrator.fit(P, Y, weights).temperature())
        .isCloseTo(1.5140339582314, within(1e-11));
  }

  @Test
  void should_stand_at_a_bound_and_say_so_when_the_optimum_lies_outside() {
    double[] labels = {0, 0, 1, 1};
    TemperatureCalibrator separated =
        TemperatureCalibrator.fit(new double[] {0.4, 0.45, 0.55, 0.6}, labels);
    assertThat(separated.temperature()).isEqualTo(TemperatureCalibrator.MIN_TEMPERATURE);
    assertThat(separated.atBound()).isTrue();
    TemperatureCalibrator reversed =
        TemperatureCalibrator.fit(new double[] {0.9, 0.8, 0.2, 0.1}, labels);
    assertThat(reversed.temperature()).isEqualTo(TemperatureCalibrator.MAX_TEMPERATURE);
    assertThat(reversed.atBound()).isTrue();
  }

  @Test
  void should_leave_all_as_it_is_when_every_probability_is_one_half() {
    TemperatureCalibrator fitted =
        TemperatureCalibrator.fit(new double[] {0.5, 0.5}, new double[] {0, 1});
    assertThat(fitted.temperature()).isEqualTo(1);
  }

  @Test
  void should_refuse_temperature_when_outside_of_bounds() {
    assertThatThrownBy(() -> new TemperatureCalibrator(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the temperature must be in [0.01, 100.0], but was 0.0");
  }
}
