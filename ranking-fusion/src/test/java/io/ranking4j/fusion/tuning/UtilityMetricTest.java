package io.ranking4j.fusion.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.GroupBootstrap;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.MetricValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UtilityMetricTest {
  private static final int ROWS = 400;

  private final double[] labels = new double[ROWS];
  private final double[] utility = new double[ROWS];
  private final int[] users = new int[ROWS];

  UtilityMetricTest() {
    Random random = new Random(3);
    for (int row = 0; row < ROWS; row++) {
      users[row] = random.nextInt(40);
      labels[row] = random.nextInt(3) == 0 ? 1 : 0;
      // Coarse, so that there are ties, within users and beyond.
      utility[row] = Math.round(4 * (labels[row] + 2 * random.nextGaussian())) / 4.0;
    }
  }

  @Test
  void should_be_the_metric_of_the_drawn_rows_when_these_are_written_out() {
    Map<String, BiFunction<double[], Groups, UtilityMetric>> metrics =
        Map.of(
            "pr_auc", (own, lists) -> UtilityMetric.prAuc(own),
            "auc", (own, lists) -> UtilityMetric.auc(own),
            "gauc", UtilityMetric::groupedAuc,
            "list_auc", UtilityMetric::listAuc,
            "wr", (own, lists) -> UtilityMetric.weightedRecallAt(3, own, lists),
            "ndcg", (own, lists) -> UtilityMetric.ndcgAt(3, own, lists));
    int[] drawn = new Random(5).ints(40, 0, 3).toArray();
    double[] times = Arrays.stream(users).mapToDouble(user -> drawn[user]).toArray();
    int[] rows =
        IntStream.range(0, ROWS)
            .flatMap(row -> IntStream.generate(() -> row).limit(drawn[users[row]]))
            .toArray();
    int[] copies =
        IntStream.range(0, ROWS)
            .flatMap(row -> IntStream.range(0, drawn[users[row]]).map(i -> 40 * i + users[row]))
            .toArray();
    metrics.forEach(
        (name, metric) -> {
          UtilityMetric own = metric.apply(labels, Groups.of(users));
          double expected =
              metric.apply(pick(labels, rows), Groups.of(copies)).of(pick(utility, rows)).value();
          assertThat(own.drawn(utility).apply(times).value())
              .as(name)
              .isCloseTo(expected, within(1e-12))
              .isNotCloseTo(own.of(utility).value(), within(1e-6));
        });
  }

  private static double[] pick(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  @Test
  void should_have_no_error_of_a_ratio_when_both_utilities_rank_alike() {
    GroupBootstrap.Options options = new GroupBootstrap.Options(100, .9, 1);
    double[] doubled = Arrays.stream(utility).map(value -> 2 * value).toArray();
    UtilityMetric metric = UtilityMetric.prAuc(labels);
    Estimate same = metric.ratio(doubled, utility, Groups.of(users), options);
    assertThat(same.value()).isEqualTo(1);
    assertThat(same.standardError().value()).isZero();
    double[] random = new Random(4).doubles(ROWS).toArray();
    assertThat(metric.ratio(utility, random, Groups.of(users), options).standardError().value())
        .isBetween(.01, .5);
  }

  @Test
  void should_refuse_groups_of_other_rows() {
    GroupBootstrap.Options options = GroupBootstrap.Options.ofSeed(1);
    Groups few = Groups.of(new int[] {1, 2, 2});
    for (UtilityMetric metric :
        List.of(UtilityMetric.auc(labels), UtilityMetric.listAuc(labels, Groups.of(users)))) {
      assertThatThrownBy(() -> metric.ratio(utility, utility, few, options))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("400");
    }
  }

  @Test
  void should_say_why_when_a_ratio_cannot_be_resampled() {
    UtilityMetric lambda = values -> MetricValue.of(values[0]);
    GroupBootstrap.Options options = GroupBootstrap.Options.ofSeed(1);
    assertThatThrownBy(() -> lambda.ratio(utility, utility, Groups.of(users), options))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("implement UtilityMetric.drawn");
    UtilityMetric none = new RowMeasure(labels, predictions -> MetricValue.of(0));
    for (UtilityMetric metric : List.of(none, UtilityMetric.prAuc(new double[ROWS]))) {
      assertThat(
              metric.ratio(utility, utility, Groups.of(users), options).metric().undefinedBecause())
          .isNotNull();
    }
  }
}
