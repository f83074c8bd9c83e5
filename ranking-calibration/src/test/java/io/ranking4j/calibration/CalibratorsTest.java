package io.ranking4j.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class CalibratorsTest {
  private static final long SEED = 12;

  @Test
  void should_leave_probabilities_alone_when_they_are_true() {
    Rows rows = rows(20_000, p -> p);
    CalibrationChoice choice = Calibrators.best(rows.p, rows.y, SEED);
    // Whatever wins by chance must not bend what is straight.
    assertThat(loss(choice, Calibrators.NONE))
        .as("seed %d", SEED)
        .isCloseTo(loss(choice, choice.chosen()), within(0.001));
    for (double p = 0.05; p < 1; p += 0.1) {
      assertThat(choice.calibrator().calibrate(p)).as("seed %d", SEED).isCloseTo(p, within(0.03));
    }
  }

  @Test
  void should_choose_isotonic_when_the_truth_is_a_staircase() {
    Rows rows = rows(50_000, p -> p < 0.5 ? 0.1 : p < 0.9 ? 0.15 : 0.8);
    CalibrationChoice choice = Calibrators.best(rows.p, rows.y, SEED);
    assertThat(choice.chosen()).as("seed %d", SEED).isEqualTo("isotonic");
    assertThat(choice.calibrator()).isInstanceOf(IsotonicCalibrator.class);
    assertThat(choice.calibrator().calibrate(0.3)).isCloseTo(0.1, within(0.02));
    assertThat(choice.calibrator().calibrate(0.95)).isCloseTo(0.8, within(0.05));
  }

  @Test
  void should_not_choose_isotonic_or_none_when_few_rows_follow_a_line() {
    Rows rows = rows(300, p -> LogOdds.sigmoid(0.3 * LogOdds.of(p) - 2));
    CalibrationChoice choice = Calibrators.best(rows.p, rows.y, SEED);
    assertThat(choice.chosen()).as("seed %d", SEED).isIn("platt", "beta");
    assertThat(choice.logLoss())
        .containsOnlyKeys("none", "temperature", "platt", "beta", "isotonic");
    assertThat(loss(choice, "none")).isGreaterThan(loss(choice, "platt") + 0.1);
  }

  @Test
  void should_choose_the_same_when_seed_and_rows_are_the_same_and_ignore_weightless_rows() {
    Rows rows = rows(400, p -> p * p);
    CalibrationChoice choice = Calibrators.best(rows.p, rows.y, SEED);
    assertThat(Calibrators.best(rows.p, rows.y, SEED)).isEqualTo(choice);
    assertThat(Calibrators.best(rows.p, rows.y, SEED + 1).logLoss()).isNotEqualTo(choice.logLoss());
    double[] p = Arrays.copyOf(rows.p, 401);
    double[] y = Arrays.copyOf(rows.y, 401);
    double[] weights = Observations.unitWeights(401);
    weights[400] = 0;
    assertThat(Calibrators.best(p, y, weights, SEED)).isEqualTo(choice);
  }

  @Test
  void should_measure_the_loss_of_none_by_hand() {
    double[] p = {.05, .22, .31, .58, .71, .9, .83, .95};
    double[] y = {0, 0, 1, 0, 1, 1, 0, 1};
    // The reference log loss of these rows.
    assertThat(loss(Calibrators.best(p, y, SEED), "none")).isCloseTo(.5761924, within(5e-8));
  }

  @Test
  void should_refuse_when_a_class_cannot_be_split() {
    assertThatThrownBy(
            () ->
                Calibrators.best(
                    new double[] {0.1, 0.2, 0.3, 0.4}, new double[] {0, 0, 0, 1}, SEED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cross-validation needs at least 2 positives and 2 negatives of positive weight, but"
                + " had 1 and 3");
  }

  private static double loss(CalibrationChoice choice, String way) {
    return choice.logLoss().getOrDefault(way, Double.NaN);
  }

  private static Rows rows(int count, DoubleUnaryOperator truth) {
    Random random = new Random(SEED);
    Rows rows = new Rows(count);
    for (int i = 0; i < count; i++) {
      rows.p[i] = random.nextDouble();
      rows.y[i] = random.nextDouble() < truth.applyAsDouble(rows.p[i]) ? 1 : 0;
    }
    return rows;
  }

  private static final class Rows {
    private final double[] p;
    private final double[] y;

    private Rows(int count) {
      p = new double[count];
      y = new double[count];
    }
  }
}
