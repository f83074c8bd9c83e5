package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThresholdCurveTest {

  @Test
  void should_give_the_points_of_scikit_learn_when_there_are_few() {
    // roc_curve(drop_intermediate=False) and precision_recall_curve of the same six rows.
    List<ThresholdCurve.Point> points =
        ThresholdCurve.of(Predictions.of(Rows.Y6, Rows.S6)).points();
    assertThat(points)
        .containsExactly(
            new ThresholdCurve.Point(Double.POSITIVE_INFINITY, 0, 0, Double.NaN),
            new ThresholdCurve.Point(.8, 0, 1 / 3.0, 1),
            new ThresholdCurve.Point(.4, 2 / 3.0, 2 / 3.0, .5),
            new ThresholdCurve.Point(.35, 2 / 3.0, 1, .6),
            new ThresholdCurve.Point(.1, 1, 1, .5));
  }

  @Test
  void should_have_the_areas_of_the_metrics_when_all_points_are_kept() {
    for (long seed = 0; seed < 20; seed++) {
      Predictions predictions = Rows.random(seed, 300).weighted();
      List<ThresholdCurve.Point> points = ThresholdCurve.of(predictions, 1000).points();
      assertThat(rocArea(points))
          .as("seed %d", seed)
          .isCloseTo(RocAuc.compute(predictions).value(), within(1e-12));
      assertThat(averagePrecision(points))
          .as("seed %d", seed)
          .isCloseTo(PrAuc.compute(predictions).value(), within(1e-12));
    }
  }

  @Test
  void should_keep_points_of_the_whole_curve_and_its_area_when_reduced() {
    int n = 50_000;
    Random random = new Random(3);
    double[] scores = new double[n];
    double[] labels = new double[n];
    for (int row = 0; row < n; row++) {
      scores[row] = random.nextDouble();
      labels[row] = random.nextDouble() < scores[row] * .1 ? 1 : 0;
    }
    Predictions predictions = Predictions.of(labels, scores);
    List<ThresholdCurve.Point> all = ThresholdCurve.of(predictions, Integer.MAX_VALUE).points();
    List<ThresholdCurve.Point> some = ThresholdCurve.of(predictions, 200).points();
    assertThat(all).hasSizeGreaterThan(n);
    assertThat(some).hasSizeBetween(150, 200);
    assertThat(new HashSet<>(all)).containsAll(some);
    assertThat(some.get(some.size() - 1)).isEqualTo(all.get(all.size() - 1));
    assertThat(rocArea(some)).isCloseTo(RocAuc.compute(predictions).value(), within(1e-3));
    for (int i = 1; i < some.size(); i++) {
      assertThat(some.get(i).truePositiveRate() - some.get(i - 1).truePositiveRate())
          .isBetween(0.0, 2 / 99.0);
      assertThat(some.get(i).falsePositiveRate() - some.get(i - 1).falsePositiveRate())
          .isBetween(0.0, 2 / 99.0);
    }
  }

  @Test
  void should_end_with_everything_passing_when_reduced_and_rows_without_weight_come_last() {
    Predictions predictions =
        Predictions.of(
            new double[] {1, 0, 1, 0, 1, 0, 0},
            new double[] {.9, .8, .7, .6, .5, .4, .3},
            new double[] {.1, .2, .3, .1, .2, .3, 0});
    List<ThresholdCurve.Point> points = ThresholdCurve.of(predictions, 4).points();
    ThresholdCurve.Point last = points.get(points.size() - 1);
    assertThat(last.threshold()).isEqualTo(.4);
    assertThat(last.truePositiveRate()).isCloseTo(1, within(1e-12));
    assertThat(last.falsePositiveRate()).isCloseTo(1, within(1e-12));
  }

  @Test
  void should_be_empty_when_a_class_is_missing() {
    assertThat(
            ThresholdCurve.of(Predictions.of(new double[] {1, 1}, new double[] {.1, .2})).points())
        .isEmpty();
    assertThat(ThresholdCurve.of(Predictions.of(new double[0], new double[0])).points()).isEmpty();
  }

  @Test
  void should_refuse_too_few_points() {
    Predictions predictions = Predictions.of(Rows.Y6, Rows.S6);
    assertThatThrownBy(() -> ThresholdCurve.of(predictions, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxPoints must be at least 4, but was 3");
  }

  private static double rocArea(List<ThresholdCurve.Point> points) {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      ThresholdCurve.Point from = points.get(i - 1);
      ThresholdCurve.Point to = points.get(i);
      area +=
          (to.falsePositiveRate() - from.falsePositiveRate())
              * (to.truePositiveRate() + from.truePositiveRate())
              / 2;
    }
    return area;
  }

  private static double averagePrecision(List<ThresholdCurve.Point> points) {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      area +=
          (points.get(i).truePositiveRate() - points.get(i - 1).truePositiveRate())
              * points.get(i).precision();
    }
    return area;
  }
}
