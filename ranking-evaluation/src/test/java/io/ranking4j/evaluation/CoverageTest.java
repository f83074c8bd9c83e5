package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** How often 95 % intervals hold the truth, over 1,000 samples with known truth. */
class CoverageTest {

  private static final int REPETITIONS = 1000;

  /** Two normal scores a distance of 1 apart have an AUC of Phi(1 / sqrt 2). */
  private static final double AUC = 0.7602499389065233;

  private static void assertCoverage(String what, double truth, LongFunction<Estimate> sample) {
    int covered = 0;
    for (long seed = 0; seed < REPETITIONS; seed++) {
      covered += sample.apply(seed).interval().contains(truth) ? 1 : 0;
    }
    assertThat((double) covered / REPETITIONS)
        .as("coverage of %s over seeds 0 to %d", what, REPETITIONS - 1)
        .isBetween(.93, .97);
  }

  @Test
  void should_hold_the_true_auc_when_positives_are_few() {
    assertCoverage(
        "AUC",
        AUC,
        seed -> {
          Random random = new Random(seed);
          double[] labels = new double[600];
          double[] scores = new double[600];
          for (int row = 0; row < 600; row++) {
            labels[row] = row < 60 ? 1 : 0;
            scores[row] = labels[row] + random.nextGaussian();
          }
          return RocAuc.estimate(Predictions.of(labels, scores), null);
        });
  }

  @Test
  void should_hold_the_true_auc_when_rows_of_a_user_are_alike() {
    assertCoverage(
        "AUC by user",
        AUC,
        seed -> {
          Random random = new Random(seed);
          double[] labels = new double[1200];
          double[] scores = new double[1200];
          int[] users = new int[1200];
          double shared = 0;
          for (int row = 0; row < 1200; row++) {
            users[row] = row / 6;
            shared = row % 6 == 0 ? random.nextGaussian() : shared;
            labels[row] = row % 6 < 2 ? 1 : 0;
            scores[row] =
                labels[row] + Math.sqrt(.5) * shared + Math.sqrt(.5) * random.nextGaussian();
          }
          return RocAuc.estimate(
              Predictions.of(labels, scores), Groups.of(users), Interval.DEFAULT_CONFIDENCE);
        });
  }

  /** Users share a taste, rows are weighted, and the model predicts 1.25 times too much. */
  private static Predictions calibrationSample(long seed, int[] users) {
    Random random = new Random(seed);
    int n = users.length;
    double[] labels = new double[n];
    double[] scores = new double[n];
    double[] weights = new double[n];
    double taste = 0;
    for (int row = 0; row < n; row++) {
      users[row] = row / 5;
      taste = row % 5 == 0 ? random.nextDouble() : taste;
      double p = .02 + .3 * taste * random.nextDouble();
      double liked = row % 5 == 0 ? 0 : labels[row - 1];
      // A user who has just clicked clicks again, with probability .3, whatever is shown.
      labels[row] = liked == 1 && random.nextDouble() < .3 ? 1 : random.nextDouble() < p ? 1 : 0;
      scores[row] = p;
      weights[row] = 1 + random.nextInt(3);
    }
    return Predictions.of(labels, scores, weights);
  }

  @Test
  void should_hold_the_true_calibration_ratio_when_rows_of_a_user_are_alike() {
    // The truth is that of so many rows that its own error does not matter.
    double truth = CalibrationRatio.compute(calibrationSample(-1, new int[4_000_000])).value();
    assertCoverage(
        "calibration ratio by user",
        truth,
        seed -> {
          int[] users = new int[4000];
          Predictions rows = calibrationSample(seed, users);
          return CalibrationRatio.estimate(rows, Groups.of(users));
        });
  }

  private static CalibrationLine line(long seed) {
    Random random = new Random(seed);
    double[] labels = new double[2000];
    double[] scores = new double[2000];
    for (int row = 0; row < labels.length; row++) {
      double z = 1.2 * random.nextGaussian() - 2;
      scores[row] = 1 / (1 + Math.exp(-z));
      labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-(.7 * z - .4))) ? 1 : 0;
    }
    return CalibrationLine.compute(Predictions.of(labels, scores), null);
  }

  @Test
  void should_hold_the_true_slope_and_intercept() {
    assertCoverage("calibration slope", .7, seed -> line(seed).slope());
    assertCoverage("calibration intercept", -.4, seed -> line(seed).intercept());
  }

  @Test
  void should_hold_the_true_mean_over_lists() {
    // WR@1 of lists of two items, of which the first is the better one in 70 % of lists.
    assertCoverage(
        "WR@1",
        .7,
        seed -> {
          Random random = new Random(seed);
          double[] relevances = new double[600];
          double[] scores = new double[600];
          int[] lists = new int[600];
          for (int list = 0; list < 300; list++) {
            boolean right = random.nextDouble() < .7;
            relevances[2 * list] = right ? 2 : 0;
            relevances[2 * list + 1] = right ? 0 : 2;
            scores[2 * list] = 1;
            lists[2 * list] = list;
            lists[2 * list + 1] = list;
          }
          return WeightedRecallAtK.compute(RankedLists.of(relevances, scores, Groups.of(lists)), 1)
              .estimate();
        });
  }
}
