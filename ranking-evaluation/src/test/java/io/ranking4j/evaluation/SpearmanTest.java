package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpearmanTest {

  static final double[] TIED_X = {1, 2, 2, 3, 5, 5, 5, 8};
  static final double[] TIED_Y = {2, 1, 2, 2, 7, 3, 3, 9};

  @Test
  void should_match_scipy_when_values_tie_or_not() {
    assertThat(Spearman.compute(PearsonTest.X, PearsonTest.Y).value())
        .isCloseTo(.8857143, within(5e-8));
    assertThat(Spearman.compute(TIED_X, TIED_Y).value())
        .isCloseTo(0.8860759493670889, within(1e-14));
  }

  @Test
  void should_be_undefined_with_a_reason_when_a_side_is_constant() {
    assertThat(Spearman.compute(new double[] {1, 2}, new double[2]))
        .isEqualTo(MetricValue.undefined("every y is 0.0"));
  }
}
