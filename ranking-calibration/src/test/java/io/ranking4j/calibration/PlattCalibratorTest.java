package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattCalibratorTest {

  @Test
  void should_match_reference_when_targets_are_smoothed() {
    PlattCalibrator platt =
        PlattCalibrator.fit(
            new double[] {sigmoid(5), sigmoid(-4), sigmoid(1)}, new double[] {1, 0, 0});
    // The optimum, by Newton's method in 40 digits.
    assertThat(platt.slope()).isCloseTo(0.202614489618476, within(1e-12));
    assertThat(platt.intercept()).isCloseTo(-0.652366638998449, within(1e-12));
    // What scikit-learn's own test expects (with its signs turned), a solution that its solver
    // had not driven further than this.
    assertThat(platt.slope()).isCloseTo(0.2026135, within(5e-6));
    assertThat(platt.intercept()).isCloseTo(-0.6523631, within(5e-6));
    assertThat(platt.calibrate(sigmoid(5)))
        .isCloseTo(1 / (1 + Math.exp(-0.2026135 * 5 + 0.6523631)), within(5e-6));
  }

  @Test
  void should_find_the_line_when_labels_follow_one() {
    long seed = 5;
    Random random = new Random(seed);
    int rows = 200_000;
    double[] p = new double[rows];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double z = -2 + 1.5 * random.nextGaussian();
      p[i] = sigmoid(z);
      y[i] = random.nextDouble() < sigmoid(0.7 * z - 1.2) ? 1 : 0;
    }
    PlattCalibrator platt = PlattCalibrator.fit(p, y);
    assertThat(platt.slope()).as("seed %d", seed).isCloseTo(0.7, within(0.03));
    assertThat(platt.intercept()).as("seed %d", seed).isCloseTo(-1.2, within(0.06));
  }

  @Test
  void should_count_a_row_as_often_as_its_weight_says() {
    PlattCalibrator weighted =
        PlattCalibrator.fit(
            new double[] {0.2, 0.4, 0.7, 0.9},
            new double[] {0, 1, 0, 1},
            new double[] {3, 1, 0, 2});
    PlattCalibrator repeated =
        PlattCalibrator.fit(
            new double[] {0.2, 0.2, 0.2, 0.4, 0.9, 0.9}, new double[] {0, 0, 0, 1, 1, 1});
    assertThat(weighted.slope()).isCloseTo(repeated.slope(), within(1e-9));
    assertThat(weighted.intercept()).isCloseTo(repeated.intercept(), within(1e-9));
  }

  @Test
  void should_be_flat_at_the_smoothed_rate_when_probabilities_run_against_labels() {
    PlattCalibrator platt =
        PlattCalibrator.fit(new double[] {0.1, 0.2, 0.8, 0.9}, new double[] {1, 1, 0, 0});
    assertThat(platt.slope()).isZero();
    assertThat(platt.calibrate(0.1)).isCloseTo(0.5, within(1e-12));
    assertThat(platt.calibrate(0.9)).isEqualTo(platt.calibrate(0.1));
  }

  @Test
  void should_stay_finite_when_classes_do_not_overlap_or_scores_are_all_one() {
    PlattCalibrator separated =
        PlattCalibrator.fit(new double[] {0, 0.1, 0.9, 1}, new double[] {0, 0, 1, 1});
    assertThat(separated.slope()).isPositive().isFinite();
    PlattCalibrator constant =
        PlattCalibrator.fit(new double[] {0.3, 0.3, 0.3, 0.3}, new double[] {0, 1, 0, 0});
    // Targets 2/3 once and 1/5 three times: their mean.
    assertThat(constant.calibrate(0.3)).isCloseTo((2.0 / 3 + 3 * 0.2) / 4, within(1e-9));
  }

  @Test
  void should_refuse_parameters_when_out_of_range() {
    assertThatThrownBy(() -> new PlattCalibrator(-0.1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the slope of Platt scaling must be at least 0 and finite, but was -0.1");
    assertThatThrownBy(() -> new PlattCalibrator(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the intercept of Platt scaling must be finite, but was NaN");
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
