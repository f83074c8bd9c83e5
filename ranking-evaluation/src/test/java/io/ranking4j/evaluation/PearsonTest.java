package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PearsonTest {

  static final double[] X = {.1, .4, -.2, .8, .5, 0};
  static final double[] Y = {.05, .3, -.1, .9, .2, .1};

  private static Percentage percent(double percentage) {
    return Percentage.withPercentage(percentage);
  }

  @Test
  void should_match_scipy() {
    double r = Pearson.compute(X, Y).value();
    assertThat(r).isCloseTo(.9008612160, within(1e-10));
    assertThat(Pearson.pValue(r, 6)).isCloseTo(.0142555551, within(1e-10));
  }

  @Test
  void should_match_the_published_p_values_of_91_experiments() {
    double[] r = {.0814, .3719, .4353, .7879};
    double[] p = {.443, 2.84e-4, 1.62e-5, 1.94e-20};
    for (int i = 0; i < r.length; i++) {
      assertThat(Pearson.pValue(r[i], 91)).as("r %s", r[i]).isCloseTo(p[i], percent(.3));
      assertThat(Pearson.pValue(-r[i], 91)).isEqualTo(Pearson.pValue(r[i], 91));
    }
  }

  @Test
  void should_match_fifty_digit_arithmetic_in_log_space() {
    // GIVEN r, pairs and ln p from mpmath
    double[][] cases = {
      {.99, 1000, -1958.26962653752},
      {.8666, 91, -64.2010150211919},
      {.7879, 91, -45.390818030082},
      {.0814, 91, -0.814063657682028},
      {.001, 1_000_000, -1.147872939313108},
      {.5, 100_000, -14389.105069918865},
      {.3, 5, -0.4718650970527},
      {.1, 12, -0.278183184603723},
    };
    for (double[] c : cases) {
      assertThat(Pearson.logPValue(c[0], (int) c[1]))
          .as("r %s of %s pairs", c[0], c[1])
          .isCloseTo(c[2], percent(1e-10));
    }
  }

  @Test
  void should_match_closed_forms_when_there_are_few_pairs() {
    for (double r = -.95; r < 1; r += .05) {
      double size = Math.abs(r);
      assertThat(Pearson.pValue(r, 3)).isCloseTo(2 / Math.PI * Math.acos(size), within(1e-12));
      assertThat(Pearson.pValue(r, 4)).isCloseTo(1 - size, within(1e-12));
      assertThat(Pearson.pValue(r, 6)).isCloseTo(1 - size * (3 - r * r) / 2, within(1e-12));
    }
  }

  @Test
  void should_give_the_limits_when_r_is_zero_or_one() {
    assertThat(Pearson.pValue(0, 10)).isEqualTo(1);
    assertThat(Pearson.pValue(1, 10)).isEqualTo(0);
    assertThat(Pearson.logPValue(-1, 10)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void should_not_overflow_or_underflow_when_values_are_extreme() {
    double[] huge = new double[6];
    double[] tiny = new double[6];
    for (int i = 0; i < 6; i++) {
      huge[i] = X[i] * 1.5e308;
      tiny[i] = -Y[i] * 1e-300;
    }
    assertThat(Pearson.compute(huge, tiny).value()).isCloseTo(-.9008612160, within(1e-10));
  }

  @Test
  void should_be_undefined_with_a_reason_when_a_side_is_constant_or_too_short() {
    double[] constant = {3, 3, 3, 3, 3, 3};
    assertThat(Pearson.compute(constant, Y)).isEqualTo(MetricValue.undefined("every x is 3.0"));
    assertThat(Pearson.compute(X, constant)).isEqualTo(MetricValue.undefined("every y is 3.0"));
    assertThat(Pearson.compute(new double[1], new double[1]))
        .isEqualTo(MetricValue.undefined("correlation needs at least 2 pairs, but there were 1"));
  }

  @Test
  void should_refuse_what_is_out_of_range() {
    assertThatThrownBy(() -> Pearson.compute(X, new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("y must have as many rows as x, 6, but had 2");
    assertThatThrownBy(() -> Pearson.compute(new double[] {0, Double.NaN}, new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x must be finite, but row 1 was NaN");
    assertThatThrownBy(() -> Pearson.pValue(1.1, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("r must be in [-1, 1], but was 1.1");
    assertThatThrownBy(() -> Pearson.pValue(.1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pairs must be at least 3, but was 2");
  }
}
