package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalizedEntropyTest {

  @Test
  void should_be_one_when_the_base_rate_is_predicted() {
    Predictions predictions =
        Predictions.of(
            new double[] {1, 0, 0, 1}, new double[] {.4, .4, .4, .4}, new double[] {1, 2, 4, 3});
    assertThat(NormalizedEntropy.compute(predictions).value()).isCloseTo(1, within(1e-14));
  }

  @Test
  void should_divide_log_loss_by_the_entropy_of_the_base_rate() {
    assertThat(NormalizedEntropy.compute(Predictions.of(Rows.Y6, Rows.S6)).value())
        .isCloseTo(.5527114 / Math.log(2), within(1e-7));
  }
}
