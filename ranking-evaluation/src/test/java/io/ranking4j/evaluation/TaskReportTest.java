package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TaskReportTest {

  @Test
  void should_hold_every_metric_under_its_name_and_in_order() {
    Groups groups = Groups.of(new int[] {1, 1, 1, 2, 2, 2});
    TaskReport report = TaskReport.of(Rows.Y6, Rows.S6, Rows.W6, groups);
    Predictions predictions = Predictions.of(Rows.Y6, Rows.S6, Rows.W6);
    assertThat(report.asMap().keySet())
        .containsExactly(
            "auc", "pr_auc", "log_loss", "ne", "brier", "calibration_ratio", "ece", "gauc");
    assertThat(report.asMap().values())
        .containsExactly(
            RocAuc.compute(predictions).value(),
            PrAuc.compute(predictions).value(),
            LogLoss.compute(predictions).value(),
            NormalizedEntropy.compute(predictions).value(),
            BrierScore.compute(predictions).value(),
            CalibrationRatio.compute(predictions).value(),
            ExpectedCalibrationError.compute(predictions).value(),
            GroupedAuc.compute(predictions, groups).value());
    assertThat(report.asMap().get("auc")).isCloseTo(.5833333333, within(1e-10));
    assertThat(report.asMap().get("brier")).isCloseTo(.19925, within(1e-10));
    assertThat(report.undefinedBecause()).isEmpty();
    assertThat(report.rows()).isEqualTo(6);
    assertThat(report.positives()).isEqualTo(3);
    assertThatThrownBy(() -> report.asMap().put("auc", 1.0))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void should_say_why_when_metrics_are_undefined() {
    TaskReport report = TaskReport.of(new double[2], new double[] {.1, .2}, null, null);
    assertThat(report.asMap().get("auc")).isNaN();
    assertThat(report.asMap().get("log_loss")).isPositive();
    assertThat(report.undefinedBecause().keySet())
        .containsExactly("auc", "pr_auc", "ne", "calibration_ratio", "gauc");
    assertThat(report.undefinedBecause()).containsEntry("gauc", "no groups were given");
    assertThat(report.undefinedBecause())
        .containsEntry("auc", "every row that has a weight has label 0");
  }

  @Test
  void should_refuse_scores_that_are_no_probabilities() {
    assertThatThrownBy(() -> TaskReport.of(new double[] {0, 1}, new double[] {0, 2}, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probabilities must be in [0, 1], but row 1 was 2.0");
  }
}
