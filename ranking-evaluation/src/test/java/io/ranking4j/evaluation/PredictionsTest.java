package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  /** Every metric of the package that takes predictions alone. */
  static final List<Function<Predictions, MetricValue>> METRICS =
      List.of(
          RocAuc::compute,
          PrAuc::compute,
          PrAuc::trapezoidal,
          LogLoss::compute,
          NormalizedEntropy::compute,
          BrierScore::compute,
          CalibrationRatio::compute,
          ExpectedCalibrationError::compute,
          predictions -> ExpectedCalibrationError.equalMass(predictions, 5));

  private static void assertRefused(
      String message, double[] labels, double[] scores, double[] weights) {
    assertThatThrownBy(() -> Predictions.of(labels, scores, weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void should_name_row_limit_and_value_when_a_row_is_out_of_range() {
    double[] ok = {0, 1};
    assertRefused(
        "labels must be 0 or 1, but row 1 was 0.5", new double[] {0, .5}, ok, new double[] {1, 1});
    assertRefused("labels must be 0 or 1, but row 0 was NaN", new double[] {Double.NaN, 1}, ok, ok);
    assertRefused("scores must be finite, but row 1 was NaN", ok, new double[] {0, Double.NaN}, ok);
    assertRefused(
        "scores must be finite, but row 0 was -Infinity",
        ok,
        new double[] {Double.NEGATIVE_INFINITY, 0},
        ok);
    assertRefused(
        "weights must be finite and at least 0, but row 1 was -2.0", ok, ok, new double[] {0, -2});
    assertRefused(
        "weights must be finite and at least 0, but row 0 was NaN",
        ok,
        ok,
        new double[] {Double.NaN, 1});
    assertRefused(
        "weights must be finite and at least 0, but row 0 was Infinity",
        ok,
        ok,
        new double[] {Double.POSITIVE_INFINITY, 1});
    assertRefused(
        "weights must have a finite sum, but it was Infinity",
        ok,
        ok,
        new double[] {Double.MAX_VALUE, Double.MAX_VALUE});
  }

  @Test
  void should_name_both_lengths_when_they_differ() {
    double[] two = {0, 1};
    double[] three = {0, 1, 1};
    assertRefused("scores must have as many rows as labels, 2, but had 3", two, three, two);
    assertRefused("weights must have as many rows as labels, 2, but had 3", two, two, three);
  }

  @Test
  void should_refuse_scores_that_are_no_probabilities_when_the_metric_needs_them() {
    Predictions predictions = Predictions.of(new double[] {0, 1, 1}, new double[] {.5, 1.5, -2});
    assertThat(RocAuc.compute(predictions).value()).isEqualTo(.5);
    for (Function<Predictions, MetricValue> metric : METRICS.subList(3, METRICS.size())) {
      assertThatThrownBy(() -> metric.apply(predictions))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("probabilities must be in [0, 1], but row 1 was 1.5");
    }
  }

  @Test
  void should_not_change_when_the_callers_arrays_do() {
    double[] labels = Rows.Y6.clone();
    double[] scores = Rows.S6.clone();
    double[] weights = Rows.W6.clone();
    Predictions predictions = Predictions.of(labels, scores, weights);
    labels[0] = 1;
    scores[0] = 7;
    weights[0] = 9;
    assertThat(predictions.label(0)).isZero();
    assertThat(predictions.score(0)).isEqualTo(.1);
    assertThat(predictions.weight(0)).isEqualTo(1);
  }

  @Test
  void should_count_rows_and_weights() {
    Predictions predictions = Predictions.of(Rows.Y6, Rows.S6, Rows.W6);
    assertThat(predictions.rows()).isEqualTo(6);
    assertThat(predictions.positives()).isEqualTo(3);
    assertThat(predictions.positiveWeight()).isEqualTo(4);
    assertThat(predictions.negativeWeight()).isEqualTo(6);
    assertThat(predictions.totalWeight()).isEqualTo(10);
  }

  @Test
  void should_make_every_metric_undefined_with_a_reason_when_nothing_has_weight() {
    Predictions none = Predictions.of(new double[0], new double[0]);
    Predictions zero = Predictions.of(Rows.Y6, Rows.S6, new double[6]);
    for (Function<Predictions, MetricValue> metric : METRICS) {
      assertThat(metric.apply(none)).isEqualTo(MetricValue.undefined("there are no rows"));
      assertThat(metric.apply(zero)).isEqualTo(MetricValue.undefined("every weight is 0"));
    }
  }

  @Test
  void should_say_which_class_is_missing_when_there_is_only_one() {
    Predictions zeros = Predictions.of(new double[2], new double[] {.2, .4});
    Predictions ones =
        Predictions.of(new double[] {0, 1}, new double[] {.2, .4}, new double[] {0, 3});
    for (Function<Predictions, MetricValue> metric :
        List.<Function<Predictions, MetricValue>>of(
            RocAuc::compute, PrAuc::compute, PrAuc::trapezoidal, NormalizedEntropy::compute)) {
      assertThat(metric.apply(zeros))
          .isEqualTo(MetricValue.undefined("every row that has a weight has label 0"));
      assertThat(metric.apply(ones))
          .isEqualTo(MetricValue.undefined("every row that has a weight has label 1"));
    }
    assertThat(CalibrationRatio.compute(zeros))
        .isEqualTo(MetricValue.undefined("no positive that has a weight was observed"));
    assertThat(BrierScore.compute(zeros).isDefined()).isTrue();
    assertThat(LogLoss.compute(zeros).isDefined()).isTrue();
  }

  @Test
  void should_give_what_repeated_rows_give_when_weights_are_whole_numbers() {
    for (long seed = 0; seed < 200; seed++) {
      Rows rows = Rows.random(seed, 1 + (int) (seed % 60));
      Predictions weighted = rows.weighted();
      Predictions repeated = rows.repeated().unweighted();
      for (int metric = 0; metric < METRICS.size(); metric++) {
        MetricValue actual = METRICS.get(metric).apply(weighted);
        MetricValue expected = METRICS.get(metric).apply(repeated);
        assertThat(actual.isDefined())
            .as("seed %d metric %d", seed, metric)
            .isEqualTo(expected.isDefined());
        if (expected.isDefined()) {
          assertThat(actual.value())
              .as("seed %d metric %d", seed, metric)
              .isCloseTo(expected.value(), within(1e-12));
        }
      }
    }
  }

  @Test
  void should_not_depend_on_the_unit_of_the_weights() {
    for (double unit : new double[] {1e-250, 1e-100, 1e100, 1e250}) {
      Rows rows = Rows.random(3, 50);
      double[] scaled = new double[50];
      for (int i = 0; i < 50; i++) {
        scaled[i] = rows.weights[i] * unit;
      }
      Predictions actual = Predictions.of(rows.labels, rows.scores, scaled);
      for (int metric = 0; metric < METRICS.size(); metric++) {
        assertThat(METRICS.get(metric).apply(actual).value())
            .as("unit %s metric %d", unit, metric)
            .isCloseTo(METRICS.get(metric).apply(rows.weighted()).value(), within(1e-12));
      }
      assertThat(ListAuc.compute(actual, Groups.of(rows.groups)).value())
          .as("unit %s", unit)
          .isCloseTo(
              ListAuc.compute(rows.weighted(), Groups.of(rows.groups)).value(), within(1e-12));
    }
  }
}
