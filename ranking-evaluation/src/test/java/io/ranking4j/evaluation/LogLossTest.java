package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogLossTest {

  @Test
  void should_match_scikit_learn_when_rows_have_weights_or_not() {
    assertThat(LogLoss.compute(Predictions.of(Rows.Y6, Rows.S6)).value())
        .isCloseTo(.5527114, within(5e-8));
    assertThat(LogLoss.compute(Predictions.of(Rows.Y6, Rows.S6, Rows.W6)).value())
        .isCloseTo(.5765035, within(1e-7)); // seven digits, cut off rather than rounded
    assertThat(LogLoss.compute(Predictions.of(Rows.Y8, Rows.P8)).value())
        .isCloseTo(.5761924, within(5e-8));
  }

  @Test
  void should_match_thirty_digit_arithmetic() {
    assertThat(LogLoss.compute(Predictions.of(Rows.Y6, Rows.S6)).value())
        .isCloseTo(.552711361812808, within(1e-14));
    assertThat(LogLoss.compute(Predictions.of(Rows.Y6, Rows.S6, Rows.W6)).value())
        .isCloseTo(.576503577404898, within(1e-14));
  }

  @Test
  void should_stay_finite_when_a_saturated_prediction_is_wrong() {
    double clipped = 52 * Math.log(2);
    assertThat(LogLoss.compute(Predictions.of(new double[] {1}, new double[] {0})).value())
        .isCloseTo(clipped, within(1e-12));
    assertThat(LogLoss.compute(Predictions.of(new double[] {0}, new double[] {1})).value())
        .isCloseTo(clipped, within(1e-12));
  }
}
