package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.spi.Calibrator;
import io.ranking4j.spi.CalibratorProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every calibrator promises, whatever its shape. */
class CalibratorsContractTest {
  private static final long SEED = 4711;

  /** The ways to fit that this module has. */
  enum Method {
    PLATT,
    ISOTONIC,
    BETA,
    TEMPERATURE;

    Calibrator fit(double[] probabilities, double[] labels, double[] weights) {
      return switch (this) {
        case PLATT -> PlattCalibrator.fit(probabilities, labels, weights);
        case ISOTONIC -> IsotonicCalibrator.fit(probabilities, labels, weights);
        case BETA -> BetaCalibrator.fit(probabilities, labels, weights);
        case TEMPERATURE -> TemperatureCalibrator.fit(probabilities, labels, weights);
      };
    }
  }

  static Stream<Calibrator> fitted() {
    Random random = new Random(SEED);
    int rows = 500;
    double[] p = new double[rows];
    double[] y = new double[rows];
    double[] w = new double[rows];
    for (int i = 0; i < rows; i++) {
      p[i] = random.nextInt(20) == 0 ? random.nextInt(2) : Math.pow(random.nextDouble(), 2);
      y[i] = random.nextDouble() < 0.1 + 0.6 * p[i] ? 1 : 0;
      w[i] = random.nextDouble();
    }
    return Stream.of(Method.values()).map(method -> method.fit(p, y, w));
  }

  @ParameterizedTest
  @MethodSource("fitted")
  void should_never_decrease_and_stay_within_bounds(Calibrator calibrator) {
    Random random = new Random(SEED);
    double previous = calibrator.calibrate(0);
    assertThat(previous).isBetween(0.0, 1.0);
    double p = 0;
    while (p < 1) {
      // Steps of one unit in the last place and of all sizes.
      double step =
          random.nextBoolean() ? Math.ulp(p) : Math.pow(10, -1 - 15 * random.nextDouble());
      p = Math.min(p + step, 1);
      if (random.nextInt(50) == 0) {
        p = Math.min(p + 0.002, 1);
      }
      double value = calibrator.calibrate(p);
      assertThat(value).as("at %s, seed %d", p, SEED).isBetween(previous, 1.0);
      previous = value;
    }
  }

  @ParameterizedTest
  @MethodSource("fitted")
  void should_make_an_equal_one_when_given_its_parameters(Calibrator calibrator) {
    Calibrator again = provider(calibrator.typeId()).create(calibrator.parameters());
    assertThat(again).isEqualTo(calibrator).hasSameHashCodeAs(calibrator);
    assertThat(again.typeId()).isEqualTo(calibrator.typeId());
    for (double p = 0; p <= 1; p += 0.01) {
      assertThat(again.calibrate(p)).isEqualTo(calibrator.calibrate(p));
    }
    again.parameters()[0] = 99;
    assertThat(again).isEqualTo(calibrator);
  }

  @ParameterizedTest
  @MethodSource("fitted")
  void should_refuse_parameters_when_their_number_is_wrong(Calibrator calibrator) {
    CalibratorProvider provider = provider(calibrator.typeId());
    double[] one = new double[calibrator.parameters().length + 1];
    assertThatThrownBy(() -> provider.create(one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(one.length));
  }

  @ParameterizedTest
  @MethodSource("fitted")
  void should_refuse_probability_when_it_is_none(Calibrator calibrator) {
    for (double p : new double[] {-0.01, 1.01, Double.NaN}) {
      assertThatThrownBy(() -> calibrator.calibrate(p))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a probability must be in [0, 1], but was " + p);
    }
  }

  @Test
  void should_be_found_as_services() {
    assertThat(providers().keySet())
        .containsExactly("beta", "isotonic", "platt", "segmented", "temperature");
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void should_refuse_rows_when_they_cannot_be_learned_from(Method method) {
    double[] p = {0.1, 0.9, 0.5};
    double[] y = {0, 1, 1};
    double[] w = {1, 1, 1};
    assertRefused(
        () -> method.fit(new double[] {0.1, 0.9}, y, w),
        "labels must have as many rows as probabilities, 2, but had 3");
    assertRefused(
        () -> method.fit(p, y, new double[] {1}),
        "weights must have as many rows as probabilities, 3, but had 1");
    assertRefused(
        () -> method.fit(new double[] {0.1, Double.NaN, 0.5}, y, w),
        "probabilities must be in [0, 1], but row 1 was NaN");
    assertRefused(
        () -> method.fit(p, new double[] {0, 1, 2}, w), "labels must be 0 or 1, but row 2 was 2.0");
    assertRefused(
        () -> method.fit(p, y, new double[] {1, -1, 1}),
        "weights must be finite and at least 0, but row 1 was -1.0");
    assertRefused(
        () -> method.fit(p, y, new double[] {0, 1, 1}),
        "calibration needs positives and negatives, but the 2 rows of positive weight have no"
            + " negative");
    assertRefused(
        () -> method.fit(p, new double[] {0, 0, 0}, w),
        "calibration needs positives and negatives, but the 3 rows of positive weight have no"
            + " positive");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static CalibratorProvider provider(String typeId) {
    return Optional.ofNullable(providers().get(typeId)).orElseThrow();
  }

  private static Map<String, CalibratorProvider> providers() {
    Map<String, CalibratorProvider> byId = new TreeMap<>();
    for (CalibratorProvider provider : ServiceLoader.load(CalibratorProvider.class)) {
      byId.put(provider.typeId(), provider);
    }
    return byId;
  }
}
