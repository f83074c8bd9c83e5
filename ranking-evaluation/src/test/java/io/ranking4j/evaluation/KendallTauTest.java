package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KendallTauTest {

  /** The definition: every pair of pairs. */
  private static double byDefinition(double[] x, double[] y) {
    double sum = 0;
    double untiedX = 0;
    double untiedY = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        double signX = Math.signum(x[i] - x[j]);
        double signY = Math.signum(y[i] - y[j]);
        sum += signX * signY;
        untiedX += Math.abs(signX);
        untiedY += Math.abs(signY);
      }
    }
    return sum / Math.sqrt(untiedX * untiedY);
  }

  @Test
  void should_match_scipy_when_values_tie_or_not() {
    assertThat(KendallTau.compute(PearsonTest.X, PearsonTest.Y).value())
        .isCloseTo(.7333333, within(5e-8));
    assertThat(KendallTau.compute(SpearmanTest.TIED_X, SpearmanTest.TIED_Y).value())
        .isCloseTo(0.7916666666666667, within(1e-14));
  }

  @Test
  void should_match_the_definition_when_values_are_random_with_ties() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int n = 2 + random.nextInt(70);
      double[] x = random.ints(n, -4, 5).asDoubleStream().toArray();
      double[] y = random.ints(n, -4, 5).asDoubleStream().toArray();
      double expected = byDefinition(x, y);
      MetricValue tau = KendallTau.compute(x, y);
      assertThat(tau.isDefined()).as("seed %d", seed).isEqualTo(!Double.isNaN(expected));
      if (tau.isDefined()) {
        assertThat(tau.value()).as("seed %d", seed).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void should_be_undefined_with_a_reason_when_a_side_is_constant() {
    assertThat(KendallTau.compute(new double[2], new double[] {1, 2}))
        .isEqualTo(MetricValue.undefined("every x is 0.0"));
  }
}
