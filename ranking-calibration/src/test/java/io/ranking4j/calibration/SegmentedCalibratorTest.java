package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.spi.Calibrator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentedCalibratorTest {
  private static final long SEED = 31;
  private static final SegmentedCalibrator.Options OPTIONS = SegmentedCalibrator.Options.defaults();

  private final List<String> country = new ArrayList<>();
  private final double[] p = new double[30_000];
  private final double[] y = new double[30_000];
  private final double[] truth = new double[30_000];
  private final double[] weights = Observations.unitWeights(30_000);

  /** The model is right on average, half of what is true in Brazil and twice that in France. */
  private void sample(long seed) {
    country.clear();
    Random random = new Random(seed);
    for (int row = 0; row < p.length; row++) {
      int draw = random.nextInt(1000);
      country.add(
          draw < 300 ? "br" : draw < 600 ? "fr" : draw < 985 ? "de" : draw < 993 ? "" : "va");
      p[row] = 0.05 + 0.3 * random.nextDouble();
      double odds = p[row] / (1 - p[row]);
      odds *= draw < 300 ? 2 : draw < 600 ? 0.5 : 1;
      truth[row] = odds / (1 + odds);
      y[row] = random.nextDouble() < truth[row] ? 1 : 0;
    }
  }

  private SegmentedCalibrator fit() {
    return SegmentedCalibrator.fit(
        "country", country, p, y, weights, PlattCalibrator::fit, OPTIONS);
  }

  @Test
  void should_calibrate_each_segment_when_it_has_enough_rows() {
    sample(SEED);
    SegmentedCalibrator fitted = fit();
    assertThat(fitted.segments()).containsOnlyKeys("br", "de", "fr");
    assertThat(fitted.forSegment("br").calibrate(0.2)).isCloseTo(1 / 3.0, within(0.02));
    assertThat(fitted.forSegment("de").calibrate(0.2)).isCloseTo(0.2, within(0.02));
    assertThat(fitted.forSegment("fr").calibrate(0.2)).isCloseTo(1 / 9.0, within(0.02));
  }

  @Test
  void should_be_nearer_to_the_truth_than_one_calibrator_on_rows_it_has_not_seen() {
    sample(SEED);
    SegmentedCalibrator fitted = fit();
    sample(SEED + 1);
    double common = 0;
    double apart = 0;
    for (int row = 0; row < p.length; row++) {
      common += Math.abs(fitted.fallback().calibrate(p[row]) - truth[row]) / p.length;
      apart +=
          Math.abs(fitted.forSegment(country.get(row)).calibrate(p[row]) - truth[row]) / p.length;
    }
    assertThat(apart).as("seed %d", SEED).isLessThan(0.2 * common);
  }

  @Test
  void should_fall_back_to_the_common_one_when_a_value_is_rare_missing_or_unknown() {
    sample(SEED);
    SegmentedCalibrator fitted = fit();
    Calibrator all = PlattCalibrator.fit(p, y);
    assertThat(fitted.fallback()).isEqualTo(all);
    assertThat(fitted.forSegment("va")).isEqualTo(all);
    assertThat(fitted.forSegment("")).isEqualTo(all);
    assertThat(fitted.forSegment("never seen")).isEqualTo(all);
  }

  @Test
  void should_not_count_rows_without_weight_as_support() {
    sample(SEED);
    for (int row = 0; row < p.length; row++) {
      weights[row] = country.get(row).equals("fr") ? 0 : 1;
    }
    assertThat(fit().segments()).containsOnlyKeys("br", "de");
    Arrays.fill(weights, 1);
    for (int row = 0; row < p.length; row++) {
      y[row] = country.get(row).equals("fr") ? 0 : y[row];
    }
    assertThat(fit().segments()).containsOnlyKeys("br", "de");
  }

  @Test
  void should_fit_segments_as_if_they_were_alone_when_rows_are_weighted() {
    sample(SEED);
    double[] ownP = new double[p.length];
    double[] ownY = new double[p.length];
    double[] ownW = new double[p.length];
    int rows = 0;
    for (int row = 0; row < p.length; row++) {
      weights[row] = 1 + row % 3;
      if (country.get(row).equals("de")) {
        ownP[rows] = p[row];
        ownY[rows] = y[row];
        ownW[rows++] = weights[row];
      }
    }
    assertThat(fit().segments())
        .containsEntry(
            "de",
            PlattCalibrator.fit(
                Arrays.copyOf(ownP, rows), Arrays.copyOf(ownY, rows), Arrays.copyOf(ownW, rows)));
  }

  @Test
  void should_refuse_what_does_not_fit() {
    sample(SEED);
    assertThatThrownBy(
            () ->
                SegmentedCalibrator.fit(
                    "country", List.of("de"), p, y, weights, PlattCalibrator::fit, OPTIONS))
        .hasMessage("values must have as many rows as probabilities, 30000, but had 1");
    assertThatThrownBy(() -> new SegmentedCalibrator.Options(1, 1))
        .hasMessage("minRows must be at least 2, but was 1");
    assertThatThrownBy(() -> new SegmentedCalibrator.Options(10, 0))
        .hasMessage("minPositives must be at least 1, but was 0");
    assertThatThrownBy(() -> new SegmentedCalibrator(" ", new TemperatureCalibrator(1), Map.of()))
        .hasMessage("the feature of segments must have a name, but had none");
  }

  @Test
  void should_be_equal_when_made_again_from_texts_and_numbers() {
    SegmentedCalibrator calibrator =
        new SegmentedCalibrator(
            "ad product",
            new BetaCalibrator(1, 2, 3),
            Map.of(
                "shopping: new",
                new PlattCalibrator(0.5, -1),
                "",
                IsotonicCalibrator.fit(new double[] {0.1, 0.4, 0.8}, new double[] {0, 1, 1}),
                "video",
                new TemperatureCalibrator(2)));
    assertThat(SegmentedCalibrator.of(calibrator.properties(), calibrator.parameters()))
        .isEqualTo(calibrator);
    SegmentedCalibrator bare =
        new SegmentedCalibrator("country", new TemperatureCalibrator(2), Map.of());
    assertThat(SegmentedCalibrator.of(bare.properties(), bare.parameters())).isEqualTo(bare);
  }

  @Test
  void should_refuse_texts_and_numbers_that_do_not_belong_together() {
    Map<String, String> properties = new HashMap<>();
    assertThatThrownBy(() -> SegmentedCalibrator.of(properties, new double[0]))
        .hasMessage("a segmented calibrator must have a property 'fallback', but had none");
    properties.put("fallback", "2 platt");
    assertThatThrownBy(() -> SegmentedCalibrator.of(properties, new double[2]))
        .hasMessage("a segmented calibrator must have a property 'feature', but had none");
    properties.put("feature", "country");
    assertThatThrownBy(() -> SegmentedCalibrator.of(properties, new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most the 1 left, and a type, but was '2 platt'");
    assertThatThrownBy(() -> SegmentedCalibrator.of(properties, new double[3]))
        .hasMessage("a segmented calibrator must have 2 parameters, but had 3");
    properties.put("fallback", "99999999999 platt");
    assertThatThrownBy(() -> SegmentedCalibrator.of(properties, new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
    properties.put("fallback", "2 java.lang.Runtime");
    assertThatThrownBy(() -> SegmentedCalibrator.of(properties, new double[2]))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("platt");
    properties.put("fallback", "2 platt");
    properties.put("other", "");
    assertThatThrownBy(() -> SegmentedCalibrator.of(properties, new double[2]))
        .hasMessageContaining("but one was 'other'");
  }
}
