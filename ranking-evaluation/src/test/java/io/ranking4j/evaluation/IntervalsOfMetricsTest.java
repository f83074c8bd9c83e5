package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The errors of AUC, calibration ratio and line against numbers from NumPy and SciPy. */
class IntervalsOfMetricsTest {

  private static final double[] W8 = {1, 2, 1, 3, 1, 2, 1, 1};

  @Test
  void should_have_the_error_of_delong_when_scores_tie() {
    Estimate auc = RocAuc.estimate(Predictions.of(Rows.Y6, Rows.S6), null);
    assertThat(auc.value()).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(auc.standardError().value()).isCloseTo(.2277100170213244, within(1e-14));
    assertThat(auc.interval().lower()).isPositive();
    assertThat(auc.interval().upper()).isLessThan(1);
    double half = 1.959963984540054 * .2277100170213244 / (2 / 9.0);
    assertThat(auc.interval().upper())
        .isCloseTo(1 / (1 + Math.exp(-Math.log(2) - half)), within(1e-12));
  }

  @Test
  void should_give_no_error_when_the_classes_are_separated_or_missing() {
    Estimate one = RocAuc.estimate(Predictions.of(new double[] {0, 1}, new double[] {1, 2}), null);
    assertThat(one.value()).isEqualTo(1);
    assertThat(one.standardError().undefinedBecause())
        .isEqualTo("the scores separate the classes fully");
    assertThat(one.interval()).isEqualTo(new Interval(0, 1));
    Estimate none = RocAuc.estimate(Predictions.of(new double[2], new double[2]), null);
    assertThat(none.metric().undefinedBecause())
        .isEqualTo("every row that has a weight has label 0");
    assertThat(none.standardError().isDefined()).isFalse();
  }

  @Test
  void should_match_numpy_when_the_ratio_has_an_interval() {
    Estimate plain = CalibrationRatio.estimate(Predictions.of(Rows.Y8, Rows.P8), null);
    assertThat(plain.value()).isCloseTo(1.1375, within(1e-12));
    assertThat(plain.standardError().value()).isCloseTo(.38128307819032, within(1e-12));
    assertThat(plain.interval().lower()).isCloseTo(.589703666053749, within(1e-12));
    assertThat(plain.interval().upper()).isCloseTo(2.194163483260532, within(1e-12));
    Estimate weighted = CalibrationRatio.estimate(Predictions.of(Rows.Y8, Rows.P8, W8), null);
    assertThat(weighted.value()).isCloseTo(1.366, within(1e-12));
    assertThat(weighted.standardError().value()).isCloseTo(.545097716010625, within(1e-12));
    assertThat(
            CalibrationRatio.estimate(Predictions.of(new double[2], new double[2]), null).value())
        .isNaN();
  }

  @Test
  void should_match_scipy_when_a_line_is_fitted() {
    CalibrationLine line = CalibrationLine.compute(Predictions.of(Rows.Y8, Rows.P8), null);
    assertThat(line.slope().value()).isCloseTo(.7107206183, within(1e-7));
    assertThat(line.slope().standardError().value()).isCloseTo(.44870579, within(1e-6));
    assertThat(line.intercept().value()).isCloseTo(-.3059892193, within(1e-7));
    assertThat(line.intercept().standardError().value()).isCloseTo(.94448744, within(1e-6));
    assertThat(line.interceptAtSlopeOne().value()).isCloseTo(-.4646308711, within(1e-7));
    assertThat(line.interceptAtSlopeOne().standardError().value())
        .isCloseTo(1.1246538746, within(1e-6));
    CalibrationLine weighted = CalibrationLine.compute(Predictions.of(Rows.Y8, Rows.P8, W8), null);
    assertThat(weighted.slope().value()).isCloseTo(1.0116952991, within(1e-7));
    assertThat(weighted.slope().standardError().value()).isCloseTo(.65982097, within(1e-6));
    assertThat(weighted.interceptAtSlopeOne().value()).isCloseTo(-.9412396044, within(1e-7));
    assertThat(weighted.interceptAtSlopeOne().standardError().value())
        .isCloseTo(.9202162948, within(1e-6));
  }

  @Test
  void should_say_why_when_no_line_can_be_fitted() {
    CalibrationLine flat =
        CalibrationLine.compute(
            Predictions.of(new double[] {0, 1, 1}, new double[] {.5, .5, .5}), null);
    assertThat(flat.slope().metric().undefinedBecause())
        .isEqualTo("every prediction of a row that has a weight is the same");
    assertThat(flat.interceptAtSlopeOne().value()).isCloseTo(Math.log(2), within(1e-9));
    CalibrationLine separated =
        CalibrationLine.compute(
            Predictions.of(new double[] {0, 0, 1, 1}, new double[] {.1, .2, .8, .9}), null);
    assertThat(separated.slope().metric().undefinedBecause())
        .isEqualTo("the predictions separate the classes fully: the slope is infinite");
    assertThat(separated.interceptAtSlopeOne().metric().isDefined()).isTrue();
    CalibrationLine single =
        CalibrationLine.compute(Predictions.of(new double[2], new double[] {.1, .2}), null);
    assertThat(single.intercept().metric().undefinedBecause())
        .isEqualTo("every row that has a weight has label 0");
  }

  @Test
  void should_find_the_line_when_the_predictions_were_bent_by_one() {
    Rows rows = Rows.random(5, 20_000);
    Random random = new Random(6);
    for (int i = 0; i < rows.labels.length; i++) {
      double z = 2 * random.nextGaussian() - 1;
      rows.scores[i] = 1 / (1 + Math.exp(-z));
      rows.labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-(.6 * z + .3))) ? 1 : 0;
    }
    CalibrationLine line = CalibrationLine.compute(rows.unweighted(), Groups.of(rows.groups));
    assertThat(line.slope().value()).isCloseTo(.6, within(.04));
    assertThat(line.intercept().value()).isCloseTo(.3, within(.06));
    assertThat(line.slope().interval().contains(.6)).isTrue();
    assertThat(line.slope().interval().contains(1)).isFalse();
  }
}
