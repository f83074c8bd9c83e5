package io.ranking4j.fusion.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.RandomSearch;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.search.SobolSearch;
import io.ranking4j.fusion.search.Trial;
import io.ranking4j.ranking.CandidatePredictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UtilityTunerTest {
  private static final int ROWS = 4000;
  private static final List<String> TASKS = List.of("click", "long_view", "save");
  private static final Map<String, Double> HAND_PICKED =
      Map.of("click", 6.0, "long_view", 2.0, "save", 2.0);

  private final Rows made = Rows.of(ROWS, 17);
  private final double[][] labels = made.labels();
  private final CandidatePredictions rows = made.predictions();

  /** Three tasks whose predictions are noisy views of related truths. */
  private record Rows(CandidatePredictions predictions, double[][] labels) {
    static Rows of(int count, long seed) {
      double[][] labels = new double[3][count];
      double[][] predictions = new double[3][count];
      Random random = new Random(seed);
      for (int i = 0; i < count; i++) {
        double shared = random.nextGaussian();
        for (int t = 0; t < 3; t++) {
          double own = .6 * shared + .8 * random.nextGaussian();
          double truth = 1 / (1 + Math.exp(-(own - 1 - t)));
          labels[t][i] = random.nextDouble() < truth ? 1 : 0;
          predictions[t][i] = 1 / (1 + Math.exp(-(.7 * own + .5 * random.nextGaussian() - 1 - t)));
        }
      }
      return new Rows(
          new CandidatePredictions(
              count,
              Map.of("click", predictions[0], "long_view", predictions[1], "save", predictions[2]),
              Map.of()),
          labels);
    }

    UtilityTuner.Builder tuner() {
      return UtilityTuner.builder(SearchSpace.simplex(TASKS, 10), LinearFusion::of)
          .baseline(HAND_PICKED)
          .maximise("long_view", UtilityMetric.prAuc(labels[1]))
          .atLeastOfBaseline("click", UtilityMetric.prAuc(labels[0]), .98)
          .atLeastOfBaseline("save", UtilityMetric.prAuc(labels[2]), 1.0);
    }
  }

  private UtilityTuner.Builder builder() {
    return made.tuner();
  }

  private static double value(Trial trial, String metric) {
    return trial.outcomes().getOrDefault(metric, Measurement.exact(-1)).mean();
  }

  @Test
  void should_come_within_half_a_percent_of_a_fine_grid_in_forty_evaluations() {
    UtilityTuner tuner = builder().seed(1).build();
    TuningResult result = tuner.tune(rows);
    Map<String, Measurement> baseline = tuner.evaluate(HAND_PICKED, rows);
    Trial first = Trial.of(tuner.problem().baseline(), baseline);
    double best = 0;
    for (double a = 0; a <= 10; a += .25) {
      for (double b = 0; a + b <= 10; b += .25) {
        Map<String, Double> weights =
            Map.of("click", a, "long_view", b, "save", Math.max(0, 10 - a - b));
        Trial trial =
            Trial.of(tuner.problem().space().toPoint(weights), tuner.evaluate(weights, rows));
        if (tuner.problem().violated(trial, first).isEmpty()) {
          best = Math.max(best, value(trial, "long_view"));
        }
      }
    }
    assertThat(result.trials()).hasSize(40);
    assertThat(result.isFeasible()).isTrue();
    assertThat(value(result.best(), "long_view")).isGreaterThan(.995 * best);
    assertThat(value(result.best(), "long_view")).isGreaterThan(value(first, "long_view"));
    assertThat(value(result.best(), "save")).isGreaterThanOrEqualTo(value(first, "save"));
    assertThat(result.weights().values().stream().mapToDouble(w -> w).sum())
        .isBetween(9.999999, 10.000001);
    assertThat(result.baseline().point()).containsExactly(tuner.problem().baseline());
    assertThat(result.toString()).contains("bayesian search, 40 trials", "save >= 1.0 of the");
  }

  @Test
  void should_do_no_worse_than_sobol_and_random_search() {
    double bayesian = value(builder().evaluations(20).build().tune(rows).best(), "long_view");
    for (long seed = 0; seed < 3; seed++) {
      assertThat(bayesian)
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(
              value(
                  builder().evaluations(20).search(new SobolSearch(seed)).build().tune(rows).best(),
                  "long_view"))
          .isGreaterThanOrEqualTo(
              value(
                  builder()
                      .evaluations(20)
                      .search(new RandomSearch(seed))
                      .build()
                      .tune(rows)
                      .best(),
                  "long_view"));
    }
  }

  @Test
  void should_tell_of_every_trial_and_find_the_same_again() {
    List<Trial> told = new ArrayList<>();
    TuningResult once = builder().evaluations(12).seed(4).listener(told::add).build().tune(rows);
    TuningResult again = builder().evaluations(12).seed(4).build().tune(rows);
    assertThat(told).isEqualTo(once.trials());
    assertThat(again.weights()).isEqualTo(once.weights());
  }

  @Test
  void should_return_a_front_of_two_objectives() {
    int[] users = new Random(1).ints(ROWS, 0, 300).toArray();
    TuningResult result =
        UtilityTuner.builder(SearchSpace.simplex(TASKS, 1), LinearFusion::of)
            .baseline(Map.of("click", .4, "long_view", .3, "save", .3))
            .maximise("click", UtilityMetric.groupedAuc(labels[0], Groups.of(users)))
            .maximise("save", UtilityMetric.ndcgAt(5, labels[2], Groups.of(users)))
            .evaluations(20)
            .build()
            .tune(rows);
    assertThat(result.front()).hasSizeGreaterThan(1).contains(result.best());
  }

  /** What is measured is above the truth on every second sample, its limit on one of ten. */
  @Test
  void should_promise_too_much_as_often_as_said_when_asked_with_confidence() {
    int rowCount = 1000;
    int samples = 200;
    Map<String, Double> other = Map.of("click", 2.0, "long_view", 7.0, "save", 1.0);
    Rows many = Rows.of(200_000, 1);
    UtilityTuner judge = many.tuner().build();
    double truth = ratio(judge, other, many, judge);
    Groups each = Groups.of(IntStream.range(0, rowCount).toArray());
    int above = 0;
    int surelyAbove = 0;
    for (int sample = 0; sample < samples; sample++) {
      Rows few = Rows.of(rowCount, 1000 + sample);
      UtilityTuner plain = few.tuner().build();
      above += ratio(plain, other, few, plain) > truth ? 1 : 0;
      surelyAbove +=
          ratio(few.tuner().confidence(.9, each).build(), other, few, plain) > truth ? 1 : 0;
    }
    assertThat(above).as("measured, truth %s", truth).isBetween(80, 120);
    // Four standard deviations about 20.
    assertThat(surelyAbove).as("limit, truth %s", truth).isBetween(3, 37);
  }

  private static double ratio(
      UtilityTuner tuner, Map<String, Double> weights, Rows rows, UtilityTuner plain) {
    return mean(tuner, weights, "save", rows) / mean(plain, HAND_PICKED, "save", rows);
  }

  @Test
  void should_take_the_baseline_for_what_it_is_and_others_for_less_when_asked_with_confidence() {
    Groups users = Groups.of(new Random(1).ints(ROWS, 0, 300).toArray());
    UtilityTuner plain = builder().build();
    UtilityTuner sure =
        builder().atLeast("auc", UtilityMetric.auc(labels[0]), .5).confidence(.9, users).build();
    Map<String, Double> other = Map.of("click", 1.0, "long_view", 8.0, "save", 1.0);
    for (String metric : List.of("click", "save")) {
      assertThat(mean(sure, HAND_PICKED, metric)).isEqualTo(mean(plain, HAND_PICKED, metric));
      assertThat(mean(sure, other, metric)).isLessThan(mean(plain, other, metric));
    }
    assertThat(mean(sure, other, "long_view")).isEqualTo(mean(plain, other, "long_view"));
    double auc = UtilityMetric.auc(labels[0]).of(fused(HAND_PICKED)).value();
    // Hanley and McNeil's error of an AUC of these numbers of clicks and others is about .008.
    assertThat(mean(sure, HAND_PICKED, "auc")).isBetween(auc - .02, auc - .005);
    assertThatThrownBy(() -> builder().confidence(.5, users))
        .hasMessage("the confidence of constraints must be in (0.5, 1), but was 0.5");
    assertThatThrownBy(
            () -> builder().confidence(.9, Groups.of(new int[] {1, 2})).build().tune(rows))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private double mean(UtilityTuner tuner, Map<String, Double> weights, String metric) {
    return mean(tuner, weights, metric, made);
  }

  private static double mean(
      UtilityTuner tuner, Map<String, Double> weights, String metric, Rows rows) {
    return tuner
        .evaluate(weights, rows.predictions())
        .getOrDefault(metric, Measurement.exact(-1))
        .mean();
  }

  private double[] fused(Map<String, Double> weights) {
    double[] utility = new double[ROWS];
    LinearFusion.of(weights).fuse(rows, utility);
    return utility;
  }

  @Test
  void should_say_what_is_missing() {
    assertThatThrownBy(
            () -> UtilityTuner.builder(SearchSpace.simplex(TASKS, 1), LinearFusion::of).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a tuner needs a baseline, the hand-picked weights");
    assertThatThrownBy(() -> builder().baseline(Map.of("click", 1.0)).build())
        .hasMessageContaining("must have the names");
    assertThatThrownBy(() -> builder().maximise("save", UtilityMetric.auc(labels[0])))
        .hasMessage("metric 'save' is given twice");
    assertThatThrownBy(
            () ->
                builder()
                    .atLeast("none", UtilityMetric.auc(new double[ROWS]), .5)
                    .build()
                    .tune(rows))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("metric 'none' is undefined on these rows: ");
    CandidatePredictions fewer =
        new CandidatePredictions(ROWS, Map.of("click", rows.task("click")), Map.of());
    assertThatThrownBy(() -> builder().build().tune(fewer))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown task 'long_view', known are [click]");
  }
}
