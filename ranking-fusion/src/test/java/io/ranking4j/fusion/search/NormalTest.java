package io.ranking4j.fusion.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTest {
  @ParameterizedTest
  @CsvSource({
    "-40, -808.29856835662",
    "-10, -55.5531220361224",
    "-5, -16.744301162661",
    "-2.13, -5.12406793684436",
    "-1, -2.48512102571264",
    "0, -.918938533204673",
    "2, .697383545788228"
  })
  void should_have_the_log_improvement_of_an_independent_implementation(double z, double expected) {
    assertThat(Normal.logImprovement(z)).isEqualTo(expected, within(1e-9));
  }

  @Test
  void should_have_the_expected_improvement_of_an_independent_implementation() {
    // N(-.5, 1) over 0 and over -1; the first times the probability that N(.3, .5^2) is below 0.
    assertThat(Math.exp(Normal.logImprovement(-.5))).isEqualTo(.1977966, within(1e-7));
    assertThat(Math.exp(Normal.logImprovement(.5))).isEqualTo(.6977966, within(1e-7));
    assertThat(Math.exp(Normal.logImprovement(-.5) + Normal.logCdf(-.3 / .5)))
        .isEqualTo(.0542463, within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-60, -8, -3.6, -3.4, -1, 0, .5, 3, 7})
  void should_have_the_slopes_of_differences(double z) {
    double h = 1e-5;
    assertThat(Normal.logImprovementSlope(z))
        .isEqualTo(
            (Normal.logImprovement(z + h) - Normal.logImprovement(z - h)) / (2 * h), within(1e-6));
    assertThat(Normal.logCdfSlope(z))
        .isEqualTo((Normal.logCdf(z + h) - Normal.logCdf(z - h)) / (2 * h), within(1e-6));
  }

  @Test
  void should_join_its_two_methods_without_a_step() {
    for (double z : new double[] {-3.5, 3.5}) {
      double below = Math.nextDown(z);
      double above = Math.nextUp(z);
      assertThat(Normal.cdf(below)).isEqualTo(Normal.cdf(above), within(1e-15));
      assertThat(Normal.logImprovement(below))
          .isEqualTo(Normal.logImprovement(above), within(1e-9));
    }
    assertThat(Normal.cdf(1.959963984540054)).isEqualTo(.975, within(1e-15));
    assertThat(Normal.quantile(.975)).isEqualTo(1.959963984540054, within(1e-12));
  }
}
