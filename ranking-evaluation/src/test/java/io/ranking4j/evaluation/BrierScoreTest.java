package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BrierScoreTest {

  @Test
  void should_match_scikit_learn_when_rows_have_weights_or_not() {
    assertThat(BrierScore.compute(Predictions.of(Rows.Y6, Rows.S6)).value())
        .isCloseTo(.1920833, within(5e-8));
    assertThat(BrierScore.compute(Predictions.of(Rows.Y6, Rows.S6, Rows.W6)).value())
        .isCloseTo(.19925, within(1e-14));
    assertThat(BrierScore.compute(Predictions.of(Rows.Y8, Rows.P8)).value())
        .isCloseTo(.2061125, within(1e-14));
  }
}
