package io.ranking4j.benchmarks.evaluate;

import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.evaluation.BadCaseRateAtK;
import io.ranking4j.evaluation.BySegment;
import io.ranking4j.evaluation.CalibrationReport;
import io.ranking4j.evaluation.ClosedSide;
import io.ranking4j.evaluation.Gain;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.KendallTau;
import io.ranking4j.evaluation.ListAuc;
import io.ranking4j.evaluation.MaximumCalibrationError;
import io.ranking4j.evaluation.Ndcg;
import io.ranking4j.evaluation.Pearson;
import io.ranking4j.evaluation.PrAuc;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RankedLists;
import io.ranking4j.evaluation.RecallAtK;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.evaluation.Spearman;
import io.ranking4j.evaluation.TaskReport;
import io.ranking4j.evaluation.Ties;
import io.ranking4j.evaluation.WeightedRecallAtK;
import io.ranking4j.evaluation.offpolicy.DoublyRobust;
import io.ranking4j.evaluation.offpolicy.InversePropensity;
import io.ranking4j.evaluation.offpolicy.LoggedFeedback;
import io.ranking4j.evaluation.offpolicy.PositionBias;
import io.ranking4j.evaluation.offpolicy.RewardEstimates;
import io.ranking4j.evaluation.offpolicy.SlateFeedback;
import io.ranking4j.evaluation.offpolicy.WeightDiagnostics;
import io.ranking4j.report.section.EvaluationSections;
import io.ranking4j.report.section.ScoredTask;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Every metric on a million scored rows of 30,000 users, and the report of them, on one core,
 * twice: cold and warm.
 */
public final class EvaluateSuite implements Suite {
  private static final int ROWS = 1_000_000;
  private static final String CASE = "rows-1m";

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String description() {
    return "seconds of one core for every metric on 1,000,000 scored rows, and for their report";
  }

  @Override
  public void run(Report report) {
    Rows rows = new Rows();
    for (String run : List.of("cold", "warm")) {
      Map<String, Double> seconds = rows.measure();
      seconds.forEach((what, took) -> report.alone(CASE + "/" + run, what + " s", took));
      report.alone(
          CASE + "/" + run,
          "every metric s",
          seconds.values().stream().mapToDouble(Double::doubleValue).sum());
      report.alone(CASE + "/" + run, "report of them s", rows.report());
    }
  }

  /** Random rows whose scores are the true probabilities. */
  private static final class Rows {
    private final double[] scores = new double[ROWS];
    private final double[] labels = new double[ROWS];
    private final double[] weights = new double[ROWS];
    private final long[] users = new long[ROWS];
    private final List<String> countries;
    private final int[] positions = new int[ROWS];
    private final double[] propensities = new double[ROWS];
    private final double[] target = new double[ROWS];

    Rows() {
      Random random = new Random(1);
      for (int row = 0; row < ROWS; row++) {
        scores[row] = random.nextDouble();
        labels[row] = random.nextDouble() < scores[row] ? 1 : 0;
        weights[row] = 1 + random.nextInt(3);
        users[row] = random.nextInt(30_000) * 1_000_003L;
        positions[row] = random.nextInt(10);
        propensities[row] = .05 + .5 * random.nextDouble();
        target[row] = random.nextDouble();
      }
      countries = IntStream.range(0, ROWS).mapToObj(i -> "country " + random.nextInt(20)).toList();
    }

    Map<String, Double> measure() {
      Map<String, Double> seconds = new LinkedHashMap<>();
      Groups[] groups = new Groups[1];
      Predictions[] made = new Predictions[1];
      time(
          seconds,
          "checks and groups",
          () -> {
            groups[0] = Groups.of(users);
            made[0] = Predictions.of(labels, scores, weights);
          });
      Groups by = groups[0];
      Predictions predictions = made[0];
      time(seconds, "task report", () -> TaskReport.of(predictions, by));
      time(seconds, "calibration report", () -> CalibrationReport.of(predictions, by));
      time(seconds, "AUC with interval", () -> RocAuc.estimate(predictions, by));
      time(
          seconds,
          "calibration by country",
          () -> BySegment.compute(predictions, countries, by, CalibrationReport::of));
      time(
          seconds,
          "PR area, MCE, list AUC",
          () -> {
            PrAuc.trapezoidal(predictions);
            MaximumCalibrationError.equalWidth(predictions, 100, ClosedSide.LEFT);
            ListAuc.compute(predictions, by);
          });
      time(seconds, "NDCG, recall, WR, BCR", () -> lists(by));
      time(seconds, "off-policy estimates", () -> offPolicy(by));
      time(seconds, "position bias, slates", () -> positions(by));
      time(
          seconds,
          "correlations",
          () -> {
            Pearson.compute(labels, scores);
            Spearman.compute(labels, scores);
            KendallTau.compute(labels, scores);
          });
      return seconds;
    }

    /** The page with charts, from arrays to HTML. */
    double report() {
      Map<String, Double> seconds = new LinkedHashMap<>();
      time(
          seconds,
          "report",
          () ->
              io.ranking4j.report.Report.builder()
                  .title("A million rows")
                  .sections(
                      EvaluationSections.of(
                          List.of(
                              new ScoredTask(
                                  "model",
                                  "click",
                                  Predictions.of(labels, scores),
                                  Groups.of(users),
                                  Map.of("country", countries)))))
                  .build()
                  .toHtml());
      return seconds.values().iterator().next();
    }

    private void lists(Groups by) {
      RankedLists lists = RankedLists.of(labels, scores, by);
      Ndcg.compute(lists, 10);
      Ndcg.compute(lists, 10, Gain.EXPONENTIAL, Ties.AVERAGED);
      RecallAtK.compute(lists, 10);
      WeightedRecallAtK.compute(lists, 10);
      BadCaseRateAtK.compute(lists, 20, Ties.AVERAGED);
    }

    private void offPolicy(Groups by) {
      LoggedFeedback log = LoggedFeedback.of(labels, propensities, target, by);
      RewardEstimates rewards = RewardEstimates.of(scores, scores);
      InversePropensity.compute(log);
      InversePropensity.clipped(log, 5);
      InversePropensity.selfNormalized(log);
      DoublyRobust.compute(log, rewards);
      DoublyRobust.selfNormalized(log, rewards);
      DoublyRobust.switching(log, rewards, 5);
      WeightDiagnostics.of(log);
    }

    private void positions(Groups by) {
      PositionBias.fromRandomized(labels, positions, null, by);
      SlateFeedback slates =
          SlateFeedback.itemPosition(labels, positions, propensities, target, by, null);
      slates.inversePropensity();
      slates.selfNormalized();
    }

    private static void time(Map<String, Double> seconds, String what, Runnable work) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      work.run();
      long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      seconds.put(what, (after - before) / 1e9);
    }
  }
}
