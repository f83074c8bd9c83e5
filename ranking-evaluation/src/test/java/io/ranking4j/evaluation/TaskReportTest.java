package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.Random;
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

  @Test
  void should_take_less_than_five_seconds_of_one_core_when_there_are_a_million_rows() {
    int n = 1_000_000;
    Random random = new Random(1);
    double[] scores = random.doubles(n).toArray();
    double[] labels = new double[n];
    double[] weights = new double[n];
    long[] users = new long[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextDouble() < scores[i] ? 1 : 0;
      weights[i] = 1 + random.nextInt(3);
      users[i] = random.nextInt(30_000) * 1_000_003L;
    }
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Groups groups = Groups.of(users);
    Predictions predictions = Predictions.of(labels, scores, weights);
    TaskReport report = TaskReport.of(predictions, groups);
    PrAuc.trapezoidal(predictions);
    ExpectedCalibrationError.equalMass(predictions, 100);
    ListAuc.compute(predictions, groups);
    RankedLists lists = RankedLists.of(labels, scores, groups);
    Ndcg.compute(lists, 10);
    Ndcg.compute(lists, 10, Gain.EXPONENTIAL, Ties.AVERAGED);
    RecallAtK.compute(lists, 10);
    WeightedRecallAtK.compute(lists, 10);
    Pearson.compute(labels, scores);
    Spearman.compute(labels, scores);
    KendallTau.compute(labels, scores);
    long seconds = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    assertThat(seconds / 1e9).as("seconds of processor time").isLessThan(5);
    // The scores are the true probabilities: AUC 5/6, and calibrated.
    assertThat(report.auc().value()).isCloseTo(5 / 6.0, within(.003));
    assertThat(report.calibrationRatio().value()).isCloseTo(1, within(.005));
    assertThat(report.ece().value()).isLessThan(.005);
  }
}
