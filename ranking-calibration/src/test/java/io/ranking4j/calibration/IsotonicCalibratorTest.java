package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsotonicCalibratorTest {

  @Test
  void should_match_reference_when_values_are_weighted() {
    double[] x = {0, 1, 2, 3, 4, 5, 6};
    double[] y = {1, 41, 51, 1, 2, 5, 24};
    double[] fitted = at(x, PooledBlocks.fit(x, y, new double[] {1, 2, 3, 4, 5, 6, 7}));
    assertThat(fitted)
        .containsExactly(new double[] {1, 13.95, 13.95, 13.95, 13.95, 13.95, 24}, within(1e-12));
  }

  @Test
  void should_match_reference_when_places_are_tied() {
    double[] x = {0, 1, 1, 2, 3, 4};
    double[] fitted =
        at(
            x,
            PooledBlocks.fit(x, new double[] {0, 0, 1, 0, 0, 1}, new double[] {1, 1, 1, 1, 1, 1}));
    assertThat(fitted).containsExactly(new double[] {0, .25, .25, .25, .25, 1}, within(1e-15));
    double[] tied = {1, 1, 2, 3, 4, 5};
    double[] increasing =
        at(
            tied,
            PooledBlocks.fit(
                tied, new double[] {1, 2, 3, 4, 5, 6}, new double[] {1, 1, 1, 1, 1, 1}));
    assertThat(increasing).containsExactly(new double[] {1.5, 1.5, 3, 4, 5, 6}, within(1e-15));
  }

  @Test
  void should_interpolate_between_blocks_and_keep_the_ends_outside() {
    IsotonicCalibrator fitted =
        IsotonicCalibrator.fit(
            new double[] {0.6, 0.2, 0.4, 0.8, 0.3}, new double[] {0, 0, 1, 1, 0});
    // Blocks: 0.2 to 0.3 at 0, 0.4 to 0.6 at one half, 0.8 at 1.
    assertThat(fitted.parameters()).containsExactly(0.2, 0, 0.3, 0, 0.4, 0.5, 0.6, 0.5, 0.8, 1);
    assertThat(fitted.calibrate(0)).isZero();
    assertThat(fitted.calibrate(0.25)).isZero();
    assertThat(fitted.calibrate(0.35)).isCloseTo(0.25, within(1e-12));
    assertThat(fitted.calibrate(0.5)).isEqualTo(0.5);
    assertThat(fitted.calibrate(0.7)).isCloseTo(0.75, within(1e-12));
    assertThat(fitted.calibrate(1)).isEqualTo(1);
  }

  @Test
  void should_not_depend_on_the_order_of_rows_or_on_weightless_ones() {
    IsotonicCalibrator sorted =
        IsotonicCalibrator.fit(
            new double[] {0.1, 0.2, 0.2, 0.5},
            new double[] {0, 1, 0, 1},
            new double[] {1, 2, 3, 4});
    IsotonicCalibrator shuffled =
        IsotonicCalibrator.fit(
            new double[] {0.5, 0.2, 0.9, 0.1, 0.2},
            new double[] {1, 0, 0, 0, 1},
            new double[] {4, 3, 0, 1, 2});
    assertThat(shuffled.parameters()).containsExactly(sorted.parameters(), within(1e-15));
  }

  /** The minimax formula: the fit at i is the largest over j <= i of the least over k >= i mean. */
  @Test
  void should_equal_the_minimax_formula_when_data_are_random() {
    long seed = 99;
    Random random = new Random(seed);
    for (int trial = 0; trial < 50; trial++) {
      int rows = 2 + random.nextInt(40);
      double[] x = new double[rows];
      double[] y = new double[rows];
      double[] w = new double[rows];
      for (int i = 0; i < rows; i++) {
        x[i] = i;
        y[i] = random.nextGaussian() + 0.05 * i;
        w[i] = 0.1 + random.nextDouble();
      }
      double[] expected = new double[rows];
      for (int i = 0; i < rows; i++) {
        expected[i] = Double.NEGATIVE_INFINITY;
        for (int j = 0; j <= i; j++) {
          double least = Double.POSITIVE_INFINITY;
          for (int k = i; k < rows; k++) {
            double sum = 0;
            double weight = 0;
            for (int row = j; row <= k; row++) {
              sum += w[row] * y[row];
              weight += w[row];
            }
            least = Math.min(least, sum / weight);
          }
          expected[i] = Math.max(expected[i], least);
        }
      }
      assertThat(at(x, PooledBlocks.fit(x, y, w)))
          .as("trial %d, seed %d", trial, seed)
          .containsExactly(expected, within(1e-12));
    }
  }

  @Test
  void should_refuse_parameters_when_they_are_no_knots() {
    assertThatThrownBy(() -> IsotonicCalibrator.of(new double[] {0.1, 0.2, 0.3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two parameters for each knot")
        .hasMessageContaining("3 parameters");
    assertThatThrownBy(() -> IsotonicCalibrator.of(new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IsotonicCalibrator.of(new double[] {0.5, 0.1, 0.5, 0.2}))
        .hasMessage("the probabilities of knots must increase, but knot 1 is at 0.5 after 0.5");
    assertThatThrownBy(() -> IsotonicCalibrator.of(new double[] {0.5, 0.3, 0.6, 0.2}))
        .hasMessage("the values of knots must not decrease, but knot 1 is 0.2 after 0.3");
    assertThatThrownBy(() -> IsotonicCalibrator.of(new double[] {0.5, 1.5}))
        .hasMessage("the value of knot 0 must be in [0, 1], but was 1.5");
  }

  private static double[] at(double[] x, PooledBlocks blocks) {
    return Arrays.stream(x).map(blocks::at).toArray();
  }
}
