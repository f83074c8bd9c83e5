package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.evaluation.offpolicy.DoublyRobust;
import io.ranking4j.evaluation.offpolicy.InversePropensity;
import io.ranking4j.evaluation.offpolicy.LoggedFeedback;
import io.ranking4j.evaluation.offpolicy.PositionBias;
import io.ranking4j.evaluation.offpolicy.RewardEstimates;
import io.ranking4j.evaluation.offpolicy.SlateFeedback;
import io.ranking4j.evaluation.offpolicy.WeightDiagnostics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every metric on a million scored rows of 30,000 users, on one core. */
class MillionRowsTest {

  private static final int ROWS = 1_000_000;

  private final double[] scores = new double[ROWS];
  private final double[] labels = new double[ROWS];
  private final double[] weights = new double[ROWS];
  private final long[] users = new long[ROWS];
  private final String[] countries = new String[ROWS];
  private final int[] positions = new int[ROWS];
  private final double[] propensities = new double[ROWS];
  private final double[] target = new double[ROWS];
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  MillionRowsTest() {
    Random random = new Random(1);
    for (int row = 0; row < ROWS; row++) {
      scores[row] = random.nextDouble();
      labels[row] = random.nextDouble() < scores[row] ? 1 : 0;
      weights[row] = 1 + random.nextInt(3);
      users[row] = random.nextInt(30_000) * 1_000_003L;
      countries[row] = "country " + random.nextInt(20);
      positions[row] = random.nextInt(10);
      propensities[row] = .05 + .5 * random.nextDouble();
      target[row] = random.nextDouble();
    }
  }

  private void time(String what, Runnable work) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    seconds.put(what, (after - before) / 1e9);
  }

  @Test
  void should_take_less_than_five_seconds_of_one_core() throws IOException {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Groups groups = Groups.of(users);
    Predictions predictions = Predictions.of(labels, scores, weights);
    TaskReport[] task = new TaskReport[1];
    CalibrationReport[] calibration = new CalibrationReport[1];
    time("task report", () -> task[0] = TaskReport.of(predictions, groups));
    time("calibration report", () -> calibration[0] = CalibrationReport.of(predictions, groups));
    time("AUC with interval by user", () -> RocAuc.estimate(predictions, groups));
    time(
        "calibration by country",
        () ->
            BySegment.compute(
                predictions, Arrays.asList(countries), groups, CalibrationReport::of));
    time(
        "trapezoidal PR-AUC, equal-width MCE, List AUC",
        () -> {
          PrAuc.trapezoidal(predictions);
          MaximumCalibrationError.equalWidth(predictions, 100, ClosedSide.LEFT);
          ListAuc.compute(predictions, groups);
        });
    time(
        "NDCG twice, recall, WR@K, BCR@K",
        () -> {
          RankedLists lists = RankedLists.of(labels, scores, groups);
          Ndcg.compute(lists, 10);
          Ndcg.compute(lists, 10, Gain.EXPONENTIAL, Ties.AVERAGED);
          RecallAtK.compute(lists, 10);
          WeightedRecallAtK.compute(lists, 10);
          BadCaseRateAtK.compute(lists, 20, Ties.AVERAGED);
        });
    time(
        "IPS, clipped, SNIPS, DR, SNDR, switch-DR, weights",
        () -> {
          LoggedFeedback log = LoggedFeedback.of(labels, propensities, target, groups);
          RewardEstimates rewards = RewardEstimates.of(scores, scores);
          List.of(
                  InversePropensity.compute(log),
                  InversePropensity.clipped(log, 5),
                  InversePropensity.selfNormalized(log),
                  DoublyRobust.compute(log, rewards),
                  DoublyRobust.selfNormalized(log, rewards),
                  DoublyRobust.switching(log, rewards, 5))
              .forEach(estimate -> assertThat(estimate.standardError().isDefined()).isTrue());
          assertThat(WeightDiagnostics.of(log).effectiveRows()).isGreaterThan(1e5);
        });
    time(
        "position bias, lists by position",
        () -> {
          PositionBias.fromRandomized(labels, positions, null, groups);
          SlateFeedback slates =
              SlateFeedback.itemPosition(labels, positions, propensities, target, groups, null);
          slates.inversePropensity();
          slates.selfNormalized();
        });
    time(
        "Pearson, Spearman, Kendall",
        () -> {
          Pearson.compute(labels, scores);
          Spearman.compute(labels, scores);
          KendallTau.compute(labels, scores);
        });
    long all = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    seconds.put("all of it, with checks and sorting", all / 1e9);
    // Not a part of the limit: resamples are as many evaluations.
    time(
        "100 resamples of AUC by user",
        () ->
            GroupBootstrap.compute(
                predictions, groups, RocAuc::compute, new GroupBootstrap.Options(100, .95, 1)));
    StringBuilder text = new StringBuilder();
    seconds.forEach((what, took) -> text.append("%8.3f s  %s%n".formatted(took, what)));
    Files.writeString(
        Path.of(System.getProperty("basedir", "."), "target", "million-rows.txt"),
        text,
        StandardCharsets.UTF_8);
    assertThat(all / 1e9).as("seconds of processor time:%n%s", text).isLessThan(5);
    // The scores are the true probabilities: AUC 5/6, and calibrated.
    assertThat(task[0].auc().value()).isCloseTo(5 / 6.0, within(.003));
    assertThat(task[0].ece().value()).isLessThan(.005);
    assertThat(calibration[0].ratio().value()).isCloseTo(1, within(.005));
    assertThat(calibration[0].line().slope().value()).isCloseTo(1, within(.02));
  }
}
