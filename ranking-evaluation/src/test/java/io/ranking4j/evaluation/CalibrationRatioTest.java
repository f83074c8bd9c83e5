package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationRatioTest {

  @Test
  void should_divide_predicted_by_observed_positives() {
    assertThat(CalibrationRatio.compute(Predictions.of(Rows.Y8, Rows.P8)).value())
        .isCloseTo(4.55 / 4, within(1e-14));
    assertThat(CalibrationRatio.compute(Predictions.of(Rows.Y6, Rows.S6, Rows.W6)).value())
        .isCloseTo(4.05 / 4, within(1e-14));
  }

  @Test
  void should_be_zero_only_when_nothing_at_all_is_predicted() {
    Predictions predictions = Predictions.of(new double[] {1, 0}, new double[] {0, 0});
    assertThat(CalibrationRatio.compute(predictions)).isEqualTo(MetricValue.of(0));
  }
}
