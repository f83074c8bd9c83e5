package io.ranking4j.runtime.input;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EncoderGrowthTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder()
          .context(
              categorical("seen").multiValued(Pooling.MEAN).sharingTableWith("item"),
              numeric("age"))
          .candidate(
              categorical("item").vocabulary(2, 5),
              categorical("city").hashed(3),
              numeric("price").quantiles(2),
              rate("ctr", "click", "item"))
          .build();

  /** Rows of these items; their other values follow from the place of a row. */
  private static Dataset.Builder rows(@Nullable String... items) {
    int count = items.length;
    double[] ages = new double[count];
    double[] prices = new double[count];
    List<List<String>> seen = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      ages[row] = 100 * count + row;
      prices[row] = count * row;
      seen.add(List.of());
    }
    return Dataset.builder()
        .column("item", CategoricalColumn.of(Arrays.asList(items)))
        .column("seen", ListColumn.of(seen))
        .column("age", NumericColumn.of(ages))
        .column("city", CategoricalColumn.of(Arrays.asList(items)))
        .column("price", NumericColumn.of(prices));
  }

  private static Dataset.Builder rates(Dataset.Builder rows, int count, double shown) {
    double[] impressions = new double[count];
    Arrays.fill(impressions, shown);
    double[] overall = new double[count];
    Arrays.fill(overall, 0.5);
    return rows.column("ctr", new RateColumn(new double[count], impressions, overall))
        .rateTable(new RateTable("ctr", Map.of("a", new RateTable.Count(shown / 2, shown)), 0.5));
  }

  private static FeatureEncoder first() {
    return FeatureEncoder.fit(
        SCHEMA, rates(rows("b", "a", "b", "a", "b", "once"), 6, 10).build(), 4);
  }

  @Test
  void should_keep_rows_and_append_those_of_new_frequent_categories() {
    FeatureEncoder before = first();
    assertThat(before.row("item", "b")).isEqualTo(2);
    assertThat(before.row("item", "a")).isEqualTo(3);

    FeatureEncoder grown =
        before.grown(rows("d", "c", "d", "c", "c", "rare", "a", "once", "e", "e").build());

    assertThat(grown.row("item", "b")).isEqualTo(2);
    assertThat(grown.row("item", "a")).isEqualTo(3);
    assertThat(grown.row("item", "c")).as("the most frequent first").isEqualTo(4);
    assertThat(grown.row("item", "d")).isEqualTo(5);
    assertThat(grown.row("item", "e")).isEqualTo(6);
    assertThat(grown.row("item", "rare")).isZero();
    assertThat(grown.row("item", "once")).as("counted within the new data alone").isZero();
    assertThat(before.row("item", "c")).as("the old encoder is as it was").isZero();
    assertThat(grown.layout().width()).isEqualTo(before.layout().width());
    assertThat(grown.layout().tables().get(0).rows()).isEqualTo(7);
  }

  @Test
  void should_not_grow_beyond_the_size_of_the_vocabulary() {
    FeatureEncoder grown = first().grown(rows("f", "f", "c", "c", "c", "d", "d", "e", "e").build());

    assertThat(List.of("a", "b", "c", "d", "e")).allMatch(item -> grown.row("item", item) > 1);
    assertThat(grown.row("item", "f")).as("the fourth by name of three places").isZero();
  }

  @Test
  void should_count_over_all_features_that_share_a_table() {
    Dataset slice =
        rows("a", "g")
            .column("seen", ListColumn.of(List.of(List.of("g", "h"), List.of("h"))))
            .build();

    FeatureEncoder grown = first().grown(slice);

    assertThat(grown.row("item", "g")).isGreaterThan(1);
    assertThat(grown.row("seen", "h")).isEqualTo(grown.row("item", "h")).isGreaterThan(1);
  }

  @Test
  void should_encode_as_before_what_is_not_new() {
    FeatureEncoder before = first();
    Dataset other = rows("a", "b", "a", "b").build();

    FeatureEncoder grown = before.grown(rows("c", "c", "c").build());

    EncodedRows expected = before.encode(other);
    EncodedRows actual = grown.encode(other);
    assertThat(actual.dense()).isEqualTo(expected.dense());
    for (EmbeddingField field : before.layout().embeddings()) {
      assertThat(actual.ids(field.index()))
          .as(field.feature())
          .isEqualTo(expected.ids(field.index()));
    }
  }

  @Test
  void should_take_the_counts_of_rates_where_the_data_has_them() {
    FeatureEncoder before = first();
    Dataset other = rows("a").build();

    FeatureEncoder without = before.grown(rows("a", "a").build());
    FeatureEncoder with = before.grown(rates(rows("a", "a"), 2, 1000).build());

    assertThat(without.encode(other).dense()).isEqualTo(before.encode(other).dense());
    assertThat(with.encode(other).dense()).isNotEqualTo(before.encode(other).dense());
  }

  @Test
  void should_have_the_statistics_of_the_new_data() {
    FeatureEncoder grown = first().grown(rows("c", "c", "rare", null).build());

    FeatureStatistics item = grown.statistics().get("item");
    assertThat(item).isEqualTo(new FeatureStatistics("item", 4, 1, 3, 1, Optional.empty()));
    assertThat(grown.statistics().keySet()).isEqualTo(first().statistics().keySet());
  }

  @Test
  void should_refuse_data_without_rows() {
    assertThatThrownBy(() -> first().grown(rows().build()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no rows");
  }
}
