package io.ranking4j.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkScorerTest {
  private static final int ROWS = 3000;

  private static Path folder;
  private static SparkSession spark;
  private static RankingModel model;
  private static SparkScorer scorer;
  private static Dataset data;
  private static Map<String, double[]> expected;

  @BeforeAll
  static void train(@TempDir Path temporary) throws IOException {
    folder = temporary;
    spark = LocalSpark.session();
    model = TestLog.model();
    Path file = folder.resolve("a model's file.r4j");
    model.save(file);
    scorer = SparkScorer.of(spark, file.toString()).batchRows(97);
    data = TestLog.rows(3, ROWS);
    expected = local(data);
  }

  private static Map<String, double[]> local(Dataset rows) {
    try (Scorer local = Scorer.of(model)) {
      return local.score(rows);
    }
  }

  private static void assertScores(org.apache.spark.sql.Dataset<Row> scored) {
    List<Row> rows = scored.orderBy(LocalSpark.ROW).collectAsList();
    assertThat(rows).hasSize(ROWS);
    expected.forEach(
        (task, column) ->
            assertThat(
                    rows.stream()
                        .mapToDouble(row -> row.getDouble(row.fieldIndex("predicted_" + task)))
                        .toArray())
                .as(task)
                .isEqualTo(column));
  }

  @Test
  void should_score_like_the_scorer_bit_for_bit_when_rows_are_in_partitions() {
    assertScores(scorer.score(LocalSpark.frame(data, 7)));
    assertScores(scorer.batchRows(1024).score(LocalSpark.frame(data, 1)));
  }

  @Test
  void should_keep_all_columns_and_rows_when_it_scores() {
    var frame = LocalSpark.frame(data, 3);

    var scored = scorer.prefix("p_").score(frame);

    assertThat(scored.columns()).startsWith(frame.columns()).endsWith("p_click", "p_order");
    assertThat(scored.select("row_number", "user", "price", "image").orderBy("row_number").toJSON())
        .satisfies(
            rows ->
                assertThat(rows.collectAsList())
                    .isEqualTo(
                        frame
                            .select("row_number", "user", "price", "image")
                            .orderBy("row_number")
                            .toJSON()
                            .collectAsList()));
  }

  @Test
  void should_read_numbers_of_other_types_alike_when_they_mean_the_same() {
    var frame =
        LocalSpark.frame(data, 2)
            .withColumn("age", col("age").cast("int"))
            .withColumn("price", col("price").cast("double"));

    assertScores(scorer.score(frame));
  }

  @Test
  void should_take_whole_numbers_for_categories_as_their_digits() {
    List<Long> ids = List.of(7L, Long.MAX_VALUE, (1L << 53) + 1, -3L);
    var frame =
        LocalSpark.frame(data, 1)
            .withColumn("user", lit(null))
            .filter(col(LocalSpark.ROW).lt(ids.size()))
            .withColumn(
                "city",
                element_at(
                    array(ids.stream().map(id -> lit(id)).toArray(Column[]::new)),
                    col(LocalSpark.ROW).plus(1)));
    Dataset same =
        data.slice(0, ids.size())
            .with("city", CategoricalColumn.of(ids.stream().map(String::valueOf).toList()))
            .with("user", new CategoricalColumn(new int[] {-1, -1, -1, -1}, new String[0]));

    List<Row> rows = scorer.score(frame).orderBy(LocalSpark.ROW).collectAsList();

    assertThat(rows.stream().mapToDouble(row -> row.<Double>getAs("predicted_click")).toArray())
        .isEqualTo(local(same).get("click"));
  }

  @Test
  void should_rank_each_request_by_the_utility_of_its_candidates() {
    LinearFusion fusion = LinearFusion.of(Map.of("click", 1.0, "order", 20.0));
    var frame = LocalSpark.frame(data, 4).withColumn("request", expr("row_number % 40"));

    List<Row> rows =
        scorer
            .rank(frame, fusion, "request", LocalSpark.ROW)
            .orderBy(LocalSpark.ROW)
            .collectAsList();

    double[] click = column("click");
    double[] order = column("order");
    double[] utility = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      utility[r] = click[r] + 20 * order[r];
      assertThat(rows.get(r).<Double>getAs("predicted_click")).isEqualTo(click[r]);
      assertThat(rows.get(r).<Double>getAs("utility")).isCloseTo(utility[r], within(1e-12));
    }
    for (int r = 0; r < ROWS; r++) {
      int row = r;
      double own = rows.get(r).getAs("utility");
      long better =
          IntStream.range(0, ROWS)
              .filter(other -> other % 40 == row % 40)
              .filter(
                  other -> {
                    double theirs = rows.get(other).getAs("utility");
                    return theirs > own || (theirs == own && other < row);
                  })
              .count();
      assertThat(rows.get(r).<Integer>getAs("rank")).isEqualTo((int) better + 1);
    }
  }

  private static double[] column(String task) {
    return Objects.requireNonNull(expected.get(task));
  }

  @Test
  void should_name_all_that_is_wrong_with_columns_before_a_job_starts() {
    var frame =
        LocalSpark.frame(data, 1)
            .drop("user")
            .withColumn("age", col("age").cast("string"))
            .withColumn("history", col("item"));

    assertThatThrownBy(() -> scorer.score(frame))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 'user' is missing")
        .hasMessageContaining("column 'age' must be BOOLEAN or a number, but is STRING")
        .hasMessageContaining("column 'history' must be an ARRAY of STRING or of whole numbers");
  }

  @Test
  void should_refuse_names_that_are_taken_or_unknown() {
    var frame = LocalSpark.frame(data, 1);
    LinearFusion fusion = LinearFusion.of(Map.of("click", 1.0));

    assertThatThrownBy(() -> scorer.score(frame.withColumn("predicted_order", lit(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has a column 'predicted_order' already");
    assertThatThrownBy(() -> scorer.rank(frame, fusion, "request", "item"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unknown column 'request'");
    assertThatThrownBy(
            () -> scorer.rank(frame, LinearFusion.of(Map.of("buy", 1.0)), "user", "item"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unknown task 'buy'");
    assertThatThrownBy(() -> SparkScorer.of(spark, folder.resolve("none.r4j").toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void should_fail_the_job_with_what_is_wrong_when_a_value_is_not_finite() {
    var frame = LocalSpark.frame(data, 2).withColumn("price", lit(Double.NaN));

    assertThatThrownBy(() -> scorer.score(frame).collectAsList())
        .isInstanceOf(SparkException.class)
        .hasRootCauseInstanceOf(DataException.class)
        .hasMessageContaining("feature 'price' must be finite, but was NaN in row 0");
  }
}
