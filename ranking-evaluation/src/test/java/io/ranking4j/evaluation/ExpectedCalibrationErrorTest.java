package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExpectedCalibrationErrorTest {

  private static final Predictions EIGHT = Predictions.of(Rows.Y8, Rows.P8);

  @Test
  void should_match_the_reference_when_bins_have_equal_width() {
    assertThat(ExpectedCalibrationError.equalWidth(EIGHT, 5, ClosedSide.RIGHT).value())
        .isCloseTo(.25875, within(1e-14));
    assertThat(ExpectedCalibrationError.equalWidth(EIGHT, 10, ClosedSide.RIGHT).value())
        .isCloseTo(.32625, within(1e-14));
    assertThat(ExpectedCalibrationError.equalWidth(EIGHT, 10, ClosedSide.LEFT).value())
        .isCloseTo(.35125, within(1e-14));
  }

  @Test
  void should_use_ten_right_closed_bins_when_none_are_asked_for() {
    assertThat(ExpectedCalibrationError.compute(EIGHT).value()).isCloseTo(.32625, within(1e-14));
  }

  @Test
  void should_match_the_reference_when_bins_have_equal_mass() {
    assertThat(ExpectedCalibrationError.equalMass(EIGHT, 2).value())
        .isCloseTo(.06875, within(1e-14));
    assertThat(ExpectedCalibrationError.equalMass(EIGHT, 4).value())
        .isCloseTo(.13375, within(1e-14));
  }

  @Test
  void should_be_the_difference_of_the_means_when_there_is_one_bin() {
    for (long seed = 0; seed < 50; seed++) {
      Predictions predictions = Rows.random(seed, 40).weighted();
      double predicted = 0;
      for (int row = 0; row < 40; row++) {
        predicted += predictions.weight(row) * predictions.score(row);
      }
      double expected =
          Math.abs(predicted - predictions.positiveWeight()) / predictions.totalWeight();
      assertThat(ExpectedCalibrationError.equalMass(predictions, 1).value())
          .as("seed %d", seed)
          .isCloseTo(expected, within(1e-12));
      assertThat(ExpectedCalibrationError.equalWidth(predictions, 1, ClosedSide.LEFT).value())
          .as("seed %d", seed)
          .isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void should_refuse_no_bins() {
    assertThatThrownBy(() -> ExpectedCalibrationError.equalMass(EIGHT, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bins must be at least 1, but was 0");
    assertThatThrownBy(() -> ExpectedCalibrationError.equalWidth(EIGHT, -1, ClosedSide.LEFT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bins must be at least 1, but was -1");
  }
}
