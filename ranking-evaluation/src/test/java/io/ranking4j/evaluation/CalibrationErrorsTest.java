package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Errors over bins beside the expected one: maximum, debiased, and expected by chance. */
class CalibrationErrorsTest {

  private static final Predictions P8 = Predictions.of(Rows.Y8, Rows.P8);

  @Test
  void should_match_numpy_when_there_are_four_bins_of_two_rows() {
    assertThat(ExpectedCalibrationError.equalMass(P8, 4).value()).isCloseTo(.13375, within(1e-12));
    assertThat(ExpectedCalibrationError.debiased(P8, 4).value())
        .isCloseTo(.05348033381590124, within(1e-12));
    assertThat(ExpectedCalibrationError.expectedIfCalibrated(P8, 4).value())
        .isCloseTo(.21480294358321525, within(1e-12));
    assertThat(MaximumCalibrationError.equalMass(P8, 4).value()).isCloseTo(.27, within(1e-12));
    assertThat(MaximumCalibrationError.equalWidth(P8, 5, ClosedSide.RIGHT).value())
        .isCloseTo(.58, within(1e-12));
  }

  @Test
  void should_say_why_when_there_are_no_rows() {
    Predictions none = Predictions.of(new double[0], new double[0]);
    assertThat(ExpectedCalibrationError.debiased(none, 4).undefinedBecause())
        .isEqualTo("there are no rows");
    assertThat(ExpectedCalibrationError.expectedIfCalibrated(none, 4).value()).isNaN();
    assertThat(MaximumCalibrationError.compute(none).value()).isNaN();
    CalibrationReport report = CalibrationReport.of(none, null);
    assertThat(report.ratio().metric().undefinedBecause()).isEqualTo("there are no rows");
    assertThat(report.line().slope().value()).isNaN();
    assertThat(report.curve().bins()).isEmpty();
  }

  /** Means over many samples, so that the test says something about bias and not about luck. */
  @Test
  void should_be_nearer_to_the_truth_when_chance_is_taken_off() {
    double[] factors = {1, .8};
    double[] truth = {0, .2 * .5};
    for (int i = 0; i < factors.length; i++) {
      double plain = 0;
      double debiased = 0;
      double chance = 0;
      int repetitions = 200;
      for (int seed = 0; seed < repetitions; seed++) {
        Predictions rows = sample(seed, 500, factors[i]);
        plain += ExpectedCalibrationError.equalMass(rows, 10).value() / repetitions;
        debiased += ExpectedCalibrationError.debiased(rows, 10).value() / repetitions;
        chance += ExpectedCalibrationError.expectedIfCalibrated(rows, 10).value() / repetitions;
      }
      assertThat(Math.abs(debiased - truth[i]))
          .as("factor %s: plain %s, debiased %s", factors[i], plain, debiased)
          .isLessThan(.7 * Math.abs(plain - truth[i]));
      if (factors[i] == 1) {
        assertThat(chance).isCloseTo(plain, within(.1 * plain));
      }
    }
  }

  /** Predictions uniform in [0, 1] whose true probability is a fraction of them. */
  private static Predictions sample(long seed, int n, double factor) {
    Random random = new Random(seed);
    double[] scores = random.doubles(n).toArray();
    double[] labels = new double[n];
    for (int row = 0; row < n; row++) {
      labels[row] = random.nextDouble() < factor * scores[row] ? 1 : 0;
    }
    return Predictions.of(labels, scores);
  }
}
