package io.ranking4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.evaluation.GroupWeighting;
import io.ranking4j.evaluation.GroupedAuc;
import io.ranking4j.evaluation.GroupedValue;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Ndcg;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RankedLists;
import io.ranking4j.evaluation.RecallAtK;
import io.ranking4j.evaluation.TaskReport;
import io.ranking4j.evaluation.Ties;
import io.ranking4j.evaluation.WeightedRecallAtK;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SparkEvaluationTest {
  private static final int ROWS = 40_000;
  private static final ScoredColumns COLUMNS =
      ScoredColumns.of("click", "p").weight("weight").group("user");

  private final double[] labels = new double[ROWS];
  private final double[] scores = new double[ROWS];
  private final double[] weights = new double[ROWS];
  private final List<String> users = new ArrayList<>();
  private final org.apache.spark.sql.Dataset<Row> frame;

  SparkEvaluationTest() {
    Random random = new Random(5);
    for (int r = 0; r < ROWS; r++) {
      scores[r] = Math.rint(random.nextDouble() * 500) / 500;
      labels[r] = random.nextDouble() < scores[r] ? 1 : 0;
      weights[r] = random.nextInt(4) * 0.3;
      // Some users have a row or two, and one has more than is worked on at once.
      users.add(r % 2 == 0 ? "most active" : "u" + random.nextInt(8_000));
    }
    Dataset data =
        Dataset.builder()
            .column("click", NumericColumn.of(labels))
            .column("p", NumericColumn.of(scores))
            .column("weight", NumericColumn.of(weights))
            .column("user", CategoricalColumn.of(users))
            .build();
    // Kept, as a shuffle that is done again may give another order.
    frame = LocalSpark.frame(data, 3).coalesce(2).cache();
  }

  private static void assertClose(GroupedValue actual, GroupedValue expected) {
    assertThat(actual.value()).isCloseTo(expected.value(), within(1e-12));
    assertThat(actual.standardError().value())
        .isCloseTo(expected.standardError().value(), within(1e-12));
    assertThat(List.of(actual.groups(), actual.groupsUsed(), actual.rows(), actual.rowsUsed()))
        .isEqualTo(
            List.of(
                expected.groups(), expected.groupsUsed(), expected.rows(), expected.rowsUsed()));
  }

  @Test
  void should_report_what_the_same_rows_give_on_one_machine() {
    List<Row> order = frame.collectAsList();
    double[][] rows = new double[3][ROWS];
    List<String> groups = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      rows[0][r] = order.get(r).getAs("click");
      rows[1][r] = order.get(r).getAs("p");
      rows[2][r] = order.get(r).getAs("weight");
      groups.add(order.get(r).getAs("user"));
    }
    TaskReport expected = TaskReport.of(rows[0], rows[1], rows[2], Groups.of(groups));

    TaskReport actual = SparkEvaluation.report(frame, COLUMNS);

    assertClose(actual.gauc(), expected.gauc());
    assertThat(actual).usingRecursiveComparison().ignoringFields("gauc").isEqualTo(expected);
  }

  @Test
  void should_merge_metrics_of_groups_over_partitions() {
    Groups groups = Groups.of(users);
    RankedLists lists = RankedLists.of(labels, scores, groups);

    assertClose(
        SparkEvaluation.grouped(frame, COLUMNS, ScoredGroups.auc(GroupWeighting.EQUAL)),
        GroupedAuc.compute(Predictions.of(labels, scores, weights), groups, GroupWeighting.EQUAL));
    assertClose(
        SparkEvaluation.grouped(frame, COLUMNS, ScoredGroups.ndcg(5)),
        Ndcg.compute(lists, 5, Ndcg.DEFAULT_GAIN, Ties.AVERAGED));
    assertClose(
        SparkEvaluation.grouped(frame, COLUMNS, ScoredGroups.recallAt(2)),
        RecallAtK.compute(lists, 2, Ties.AVERAGED));
    assertClose(
        SparkEvaluation.grouped(frame, COLUMNS, ScoredGroups.weightedRecallAt(2)),
        WeightedRecallAtK.compute(lists, 2, Ties.AVERAGED));
  }

  @Test
  void should_say_what_columns_lack() {
    assertThatThrownBy(() -> SparkEvaluation.report(frame, ScoredColumns.of("order", "user")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'order' is missing")
        .hasMessageContaining("column 'user' must be BOOLEAN or a number, but is STRING");
    assertThatThrownBy(
            () ->
                SparkEvaluation.grouped(
                    frame, ScoredColumns.of("click", "p"), ScoredGroups.ndcg(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a column of groups must be given");
  }
}
