package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingCorrectionTest {

  @ParameterizedTest
  @CsvSource({
    "0.9, 0.1, 0.4736842105263158, 1e-15",
    "1e-12, 0.01, 1.00000000000099e-14, 1e-28",
    "0.05, 0.1, 0.0052356, 5e-8",
    "0.3, 0.1, 0.0410959, 5e-8",
    "0.5, 0.1, 0.0909091, 5e-8"
  })
  void should_match_reference_when_negatives_were_downsampled(
      double sampled, double keepRate, double expected, double tolerance) {
    assertThat(new SamplingCorrection(keepRate, 1).correct(sampled))
        .isCloseTo(expected, within(tolerance));
  }

  @Test
  void should_undo_both_when_positives_are_weighted_too() {
    // Odds 4 / (100 / 0.1) = 0.004, so p = 0.004 / 1.004.
    assertThat(new SamplingCorrection(0.1, 100).correct(0.8))
        .isCloseTo(0.00398406374501992, within(1e-17));
    assertThat(SamplingCorrection.logitShift(0.1, 100))
        .isCloseTo(-6.907755278982137, within(1e-14));
  }

  @Test
  void should_be_the_logit_shift_when_seen_in_logits() {
    SamplingCorrection correction = new SamplingCorrection(0.03, 7.5);
    for (double z = -30; z <= 30; z += 0.7) {
      double corrected = correction.correct(1 / (1 + Math.exp(-z)));
      double expected = 1 / (1 + Math.exp(-(z + correction.logitShift())));
      assertThat(corrected).isCloseTo(expected, within(1e-12 * expected + 1e-16));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "0.1, 1",
    "1e-9, 1",
    "1, 500",
    "4.9e-324, 1.7e308",
    "1, 4.9e-324",
    "4.9e-324, 4.9e-324"
  })
  void should_be_exact_at_the_ends_and_stay_between_when_rates_are_extreme(
      double keepRate, double positiveWeight) {
    SamplingCorrection correction = new SamplingCorrection(keepRate, positiveWeight);
    assertThat(correction.correct(0)).isZero();
    assertThat(correction.correct(1)).isEqualTo(1);
    assertThat(correction.distort(0)).isZero();
    assertThat(correction.distort(1)).isEqualTo(1);
    for (double p : new double[] {4.9e-324, 1e-300, 1e-12, 0.5, 1 - 1e-16}) {
      assertThat(correction.correct(p)).isBetween(0.0, 1.0);
      assertThat(correction.distort(p)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void should_change_nothing_when_nothing_was_sampled_or_weighted() {
    assertThat(SamplingCorrection.NONE.logitShift()).isZero();
    assertThat(SamplingCorrection.NONE.correct(0.37)).isEqualTo(0.37);
  }

  @Test
  void should_come_back_when_distorted_and_corrected() {
    SamplingCorrection correction = new SamplingCorrection(0.02, 30);
    for (double p : new double[] {1e-300, 1e-12, 1e-3, 0.2, 0.5, 0.9}) {
      assertThat(correction.correct(correction.distort(p))).isCloseTo(p, within(1e-12 * p));
    }
  }

  /**
   * Two tasks on rows that are kept whenever either has a positive: with a task's other negatives
   * weighted by the keep rate, the weighted rate of positives is corrected to the true rate.
   */
  @Test
  void should_be_exact_for_every_task_when_rows_were_sampled_for_all_at_once() {
    long seed = 17;
    Random random = new Random(seed);
    double keepRate = 0.05;
    int rows = 2_000_000;
    double[] positives = new double[2];
    double[] negatives = new double[2];
    long[] truePositives = new long[2];
    for (int row = 0; row < rows; row++) {
      boolean click = random.nextDouble() < 0.08;
      boolean order = random.nextDouble() < (click ? 0.1 : 0.01);
      boolean kept = click || order || random.nextDouble() < keepRate;
      boolean[] labels = {click, order};
      for (int task = 0; task < 2; task++) {
        if (labels[task]) {
          truePositives[task]++;
          positives[task]++;
        } else if (kept) {
          negatives[task] += labels[1 - task] ? keepRate : 1;
        }
      }
    }
    SamplingCorrection correction = new SamplingCorrection(keepRate, 1);
    for (int task = 0; task < 2; task++) {
      double sampled = positives[task] / (positives[task] + negatives[task]);
      double truth = truePositives[task] / (double) rows;
      assertThat(correction.correct(sampled))
          .as("task %d, seed %d", task, seed)
          .isCloseTo(truth, within(0.01 * truth));
      assertThat(sampled).isGreaterThan(5 * truth);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
  void should_refuse_keep_rate_when_out_of_range(double keepRate) {
    assertThatThrownBy(() -> new SamplingCorrection(keepRate, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the keep rate of negatives must be in (0, 1], but was " + keepRate);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void should_refuse_positive_weight_when_out_of_range(double weight) {
    assertThatThrownBy(() -> SamplingCorrection.logitShift(1, weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the positive weight must be above 0 and finite, but was " + weight);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.000001, Double.NaN})
  void should_refuse_probability_when_it_is_none(double probability) {
    assertThatThrownBy(() -> SamplingCorrection.NONE.correct(probability))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a probability must be in [0, 1], but was " + probability);
  }
}
