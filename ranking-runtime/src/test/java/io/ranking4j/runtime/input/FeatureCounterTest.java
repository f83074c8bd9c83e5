package io.ranking4j.runtime.input;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.ranking.Features;
import io.ranking4j.schema.FeatureSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeatureCounterTest {
  private static FeatureStatistics statistics(FeatureEncoder encoder, String feature) {
    return Objects.requireNonNull(encoder.statistics().get(feature));
  }

  private static FeatureEncoder fitted(FeatureSchema schema, Dataset data) {
    FeatureEncoder encoder = FeatureEncoder.fit(schema, data, 2);
    return encoder.withBins(encoder.encode(data));
  }

  @Test
  void should_cut_numbers_into_bins_of_equal_size() {
    double[] numbers = new double[200];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i * 37) % 200;
    }
    FeatureSchema schema = FeatureSchema.builder().candidate(numeric("x").asIs()).build();
    FeatureEncoder encoder =
        fitted(schema, Dataset.builder().column("x", NumericColumn.of(numbers)).build());

    ValueBins bins = statistics(encoder, "x").bins().orElseThrow();
    assertThat(bins.boundaries()).hasSize(19).startsWith(10.0, 20.0, 30.0).endsWith(190.0);
    assertThat(bins.counts()).hasSize(20).containsOnly(10L);
  }

  @Test
  void should_give_unknown_and_frequent_categories_bins_of_their_own() {
    // "a" half of the time, "b" a quarter, 40 others together the rest but one value once only.
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      values.add(i % 2 == 0 ? "a" : i % 4 == 1 ? "b" : "c" + i % 160 / 4);
    }
    values.add("once");
    values.add(null);
    FeatureSchema schema =
        FeatureSchema.builder().candidate(categorical("x").vocabulary(2, 100)).build();
    FeatureEncoder encoder =
        fitted(schema, Dataset.builder().column("x", CategoricalColumn.of(values)).build());

    FeatureStatistics found = statistics(encoder, "x");
    ValueBins bins = found.bins().orElseThrow();
    assertThat(bins.counts().subList(0, 3)).containsExactly(1L, 400L, 200L);
    assertThat(bins.total()).isEqualTo(found.values()).isEqualTo(801);
    assertThat(bins.boundaries().subList(0, 3)).containsExactly(2.0, 3.0, 4.0);
    assertThat(bins.counts().subList(3, bins.counts().size())).allMatch(count -> count <= 50);
  }

  @Test
  void should_count_requests_as_it_counts_the_training_data() {
    long seed = new Random().nextLong();
    RandomRows rows = new RandomRows(seed, 400);
    FeatureEncoder fitted = FeatureEncoder.fit(RandomRows.schema(), rows.data(), 4);
    FeatureEncoder encoder = fitted.withBins(fitted.encode(rows.withoutRates()));
    FeatureCounter counter = FeatureCounter.of(encoder);

    long[][] sum = counter.zeros();
    for (int row = 0; row < 400; row++) {
      Features context = rows.context(row);
      add(sum, counter.count(encoder.encodeContext(context)));
      add(
          sum,
          counter.count(
              encoder.encodeCandidates(
                  context, List.of(rows.candidate(row)), encoder.newCandidateRows())));
    }

    int f = 0;
    for (FeatureStatistics trained : encoder.statistics().values()) {
      String what = trained.feature() + ", seed " + seed;
      assertThat(sum[f][FeatureCounter.ROWS]).as(what).isEqualTo(400);
      assertThat(sum[f][FeatureCounter.MISSING]).as(what).isEqualTo(trained.missing());
      assertThat(trained.bins().isPresent()).as(what).isNotEqualTo(what.startsWith("image"));
      if (trained.bins().isPresent()) {
        List<Long> counts = new ArrayList<>();
        for (int i = FeatureCounter.BINS; i < sum[f].length; i++) {
          counts.add(sum[f][i]);
        }
        assertThat(counts).as(what).isEqualTo(trained.bins().get().counts());
        assertThat(trained.bins().get().stabilityIndex(counts)).as(what).isZero();
      }
      f++;
    }
  }

  private static void add(long[][] sum, long[][] more) {
    for (int f = 0; f < sum.length; f++) {
      for (int i = 0; i < sum[f].length; i++) {
        sum[f][i] += more[f][i];
      }
    }
  }

  @Test
  void should_count_keys_without_impressions_as_unknown() {
    FeatureSchema schema = FeatureSchema.builder().candidate(rate("ctr", "click", "item")).build();
    FeatureEncoder encoder =
        fitted(
            schema,
            Dataset.builder()
                .column(
                    "ctr",
                    new RateColumn(
                        new double[] {0, 1, 2},
                        new double[] {0, 4, 9},
                        new double[] {0.3, 0.3, 0.3}))
                .rateTable(new RateTable("ctr", Map.of("i1", new RateTable.Count(5, 20)), 0.3))
                .build());
    Dataset served =
        Dataset.builder()
            .column("item", CategoricalColumn.of(List.of("i1", "i2", "i3", "i1")))
            .build();

    long[] counts = FeatureCounter.of(encoder).count(encoder.encode(served))[0];

    assertThat(counts[FeatureCounter.UNKNOWN]).isEqualTo(2);
    assertThat(counts[FeatureCounter.VALUES]).isEqualTo(4);
    assertThat(statistics(encoder, "ctr").unknownRate()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void should_compute_the_stability_index_by_its_formula() {
    ValueBins trained = new ValueBins(List.of(1.0, 2.0), List.of(50L, 30L, 20L));

    // By hand: the shares are 50.5, 30.5, 20.5 and 20.5, 30.5, 50.5 of 101.5, so that the sum is
    // twice 0.295567 ln(50.5 / 20.5) = 2 x 0.295567 x 0.901547.
    assertThat(trained.stabilityIndex(List.of(20L, 30L, 50L))).isCloseTo(0.532935, within(1e-6));
    assertThat(trained.stabilityIndex(List.of(50L, 30L, 20L))).isZero();
    assertThat(trained.stabilityIndex(List.of(0L, 0L, 0L))).isNaN();
    assertThatThrownBy(() -> trained.stabilityIndex(List.of(1L)))
        .hasMessage("there must be 3 bins, but were 1");
  }

  @Test
  void should_refuse_bins_that_do_not_fit() {
    assertThatThrownBy(() -> new ValueBins(List.of(1.0, 1.0), List.of(1L, 1L, 1L)))
        .hasMessageContaining("strictly increasing");
    assertThatThrownBy(() -> new ValueBins(List.of(1.0), List.of(1L)))
        .hasMessageContaining("1 boundaries make one bin more, but were given 1");
    assertThatThrownBy(() -> new ValueBins(List.of(), List.of(-1L)))
        .hasMessageContaining("at least 0");
  }
}
