package io.ranking4j.runtime.input;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static io.ranking4j.schema.Feature.rate;
import static io.ranking4j.schema.Feature.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.RateColumn;
import io.ranking4j.dataset.RateTable;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.Side;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeatureEncoderTest {
  private static final double ERROR = 1e-6;

  private static FeatureSchema candidate(Feature... features) {
    return FeatureSchema.builder().candidate(features).build();
  }

  private static Dataset data(String name, Column column) {
    return Dataset.builder().column(name, column).build();
  }

  private static CategoricalColumn categories(@Nullable String... values) {
    return CategoricalColumn.of(Arrays.asList(values));
  }

  private static NumericColumn numbers(double value, int... missing) {
    BitSet bits = new BitSet();
    Arrays.stream(missing).forEach(bits::set);
    double[] values = new double[4];
    Arrays.fill(values, value);
    return new NumericColumn(values, bits);
  }

  @Test
  void should_number_by_frequency_then_value_when_fitting_a_vocabulary() {
    Dataset train = data("v", categories("b", "a", "c", "c", "c", "b", "a", "rare", null));

    FeatureEncoder encoder = FeatureEncoder.fit(candidate(categorical("v")), train, 8);

    EncodedRows rows = encoder.encode(data("v", categories("a", "b", "c", "rare", "new", null)));
    assertThat(rows.rows()).isEqualTo(6);
    assertThat(rows.ids(0)).containsExactly(3, 4, 2, 0, 0, 1);
    assertThat(encoder.layout().tables()).containsExactly(new TableSpec("v", 5, 8));
    assertThat(encoder.statistics().get("v"))
        .isEqualTo(new FeatureStatistics("v", 9, 1, 8, 1, Optional.empty()));
  }

  @Test
  void should_keep_the_most_frequent_when_a_vocabulary_is_limited() {
    Dataset train = data("v", categories("x", "x", "a", "b", "c"));

    FeatureEncoder encoder =
        FeatureEncoder.fit(candidate(categorical("v").vocabulary(1, 2)), train, 8);

    assertThat(encoder.row("v", "x")).isEqualTo(2);
    assertThat(encoder.row("v", "a")).isEqualTo(3);
    assertThat(encoder.row("v", "b")).isZero();
    assertThat(encoder.row("v", "c")).isZero();
  }

  @Test
  void should_use_one_vocabulary_when_a_table_is_shared() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(categorical("seen").multiValued(Pooling.MEAN, 2).sharingTableWith("item"))
            .candidate(categorical("item").width(4))
            .build();
    Dataset train =
        Dataset.builder()
            .column("item", categories("i", "j", "k"))
            .column(
                "seen", ListColumn.of(List.of(List.of("j", "j", "never"), List.of("k"), List.of())))
            .build();

    FeatureEncoder encoder = FeatureEncoder.fit(schema, train, 16);

    // j three times, k twice, i once: not enough. "never" is third in its list and is not read.
    EncodedRows rows = encoder.encode(train);
    assertThat(encoder.layout().tables()).containsExactly(new TableSpec("item", 4, 4));
    assertThat(rows.offsets(0)).containsExactly(0, 2, 3, 4);
    assertThat(Arrays.copyOf(rows.ids(0), 4)).containsExactly(2, 2, 3, 1);
    assertThat(rows.ids(1)).containsExactly(0, 2, 3);
    assertThat(Objects.requireNonNull(encoder.statistics().get("seen")).missingRate())
        .isEqualTo(1.0 / 3);
    assertThat(Objects.requireNonNull(encoder.statistics().get("item")).unknownRate())
        .isEqualTo(1.0 / 3);
  }

  @Test
  void should_read_whole_numbers_as_digits_when_a_category_is_numeric() {
    FeatureSchema schema = candidate(categorical("v").vocabulary(1, 10));
    Dataset train = data("v", categories("7", "-3", "0", "9007199254740992"));

    FeatureEncoder encoder = FeatureEncoder.fit(schema, train, 8);

    EncodedRows rows =
        encoder.encode(data("v", NumericColumn.of(7, -3, -0.0, 9007199254740992.0, 8)));
    assertThat(rows.ids(0))
        .containsExactly(
            encoder.row("v", "7"),
            encoder.row("v", "-3"),
            encoder.row("v", "0"),
            encoder.row("v", "9007199254740992"),
            0);
    assertThatThrownBy(() -> encoder.encode(data("v", NumericColumn.of(7, 2.5))))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("'v'", "2.5", "row 1");
    assertThatThrownBy(() -> encoder.encode(data("v", NumericColumn.of(Double.NaN))))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("'v'", "NaN", "row 0");
  }

  @Test
  void should_follow_the_policy_when_a_category_is_missing() {
    Dataset train = data("v", categories("a", "a", null, null));

    FeatureEncoder standard = FeatureEncoder.fit(candidate(categorical("v").orElse("z")), train, 8);

    // The default counts as the value of the rows without one.
    assertThat(standard.row("v", "z")).isEqualTo(3);
    assertThat(standard.encode(train).ids(0)).containsExactly(2, 2, 3, 3);
    assertThatThrownBy(() -> FeatureEncoder.fit(candidate(categorical("v").required()), train, 8))
        .isInstanceOf(DataException.class)
        .hasMessage("feature 'v' is required, but is missing in row 2");
  }

  @Test
  void should_stay_within_the_buckets_when_hashing() {
    FeatureEncoder encoder =
        FeatureEncoder.fit(
            candidate(categorical("v").hashed(10)), data("v", categories("a", null)), 8);

    assertThat(encoder.layout().tables()).containsExactly(new TableSpec("v", 12, 8));
    int[] used = new int[12];
    for (int i = 0; i < 10_000; i++) {
      used[encoder.row("v", "value" + i)]++;
    }
    assertThat(used[0]).isZero();
    assertThat(used[1]).isZero();
    assertThat(Arrays.stream(used, 2, 12)).allMatch(count -> count > 850 && count < 1150);
  }

  @Test
  void should_standardise_when_a_number_is_dense() {
    Dataset train =
        data("n", new NumericColumn(new double[] {1, 2, 99, 3}, BitSet.valueOf(new long[] {4})));

    FeatureEncoder encoder = FeatureEncoder.fit(candidate(numeric("n")), train, 8);

    EncodedRows rows = encoder.encode(train);
    float high = (float) Math.sqrt(1.5);
    assertThat(rows.denseWidth()).isEqualTo(2);
    assertThat(rows.dense()).containsExactly(-high, 0, 0, 0, 0, 1, high, 0);
  }

  @Test
  void should_divide_by_one_when_a_number_is_constant() {
    FeatureEncoder encoder =
        FeatureEncoder.fit(candidate(numeric("n").required()), data("n", numbers(0.1)), 8);

    assertThat(encoder.encode(data("n", NumericColumn.of(0.1, 1.1))).dense()).containsExactly(0, 1);
  }

  @Test
  void should_take_the_default_when_a_number_is_missing() {
    FeatureEncoder encoder =
        FeatureEncoder.fit(
            candidate(numeric("n").asIs().orElse(-1)), data("n", numbers(5, 1, 2)), 8);

    assertThat(encoder.encode(data("n", numbers(5, 1, 2))).dense()).containsExactly(5, -1, -1, 5);
  }

  @Test
  void should_keep_the_sign_when_a_number_is_logarithmic() {
    double e = Math.E - 1;
    FeatureEncoder encoder =
        FeatureEncoder.fit(
            candidate(numeric("n").log().required()), data("n", NumericColumn.of(e, -e)), 8);

    assertThat(encoder.encode(data("n", NumericColumn.of(e, -e, 0))).dense())
        .containsExactly(1, -1, 0);
  }

  @Test
  void should_refuse_when_a_number_is_not_finite_or_too_large() {
    FeatureEncoder encoder =
        FeatureEncoder.fit(candidate(numeric("n")), data("n", NumericColumn.of(0, 1)), 8);

    assertThatThrownBy(() -> encoder.encode(data("n", NumericColumn.of(0, Double.NaN))))
        .isInstanceOf(DataException.class)
        .hasMessage("feature 'n' must be finite, but was NaN in row 1");
    assertThatThrownBy(() -> encoder.encode(data("n", NumericColumn.of(1e300))))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("range of a float", "1.0E300", "row 0");
    assertThatThrownBy(
            () ->
                FeatureEncoder.fit(
                    candidate(numeric("n")),
                    data("n", NumericColumn.of(0, Double.POSITIVE_INFINITY)),
                    8))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 1");
  }

  @Test
  void should_cut_into_equal_parts_when_a_number_has_quantiles() {
    double[] values = new double[100];
    for (int i = 0; i < 100; i++) {
      values[i] = 100 - i;
    }
    FeatureEncoder encoder =
        FeatureEncoder.fit(
            candidate(numeric("n").quantiles(4)), data("n", NumericColumn.of(values)), 8);

    assertThat(encoder.layout().tables()).containsExactly(new TableSpec("n", 6, 8));
    assertThat(encoder.encode(data("n", NumericColumn.of(-9, 25, 26, 50, 51, 76, 1e9))).ids(0))
        .containsExactly(2, 2, 3, 3, 4, 5, 5);
    assertThat(encoder.encode(data("n", numbers(1, 0))).ids(0)[0]).isEqualTo(1);
  }

  @Test
  void should_have_fewer_buckets_when_many_numbers_are_equal() {
    FeatureEncoder encoder =
        FeatureEncoder.fit(
            candidate(numeric("n").quantiles(4)),
            data("n", NumericColumn.of(0, 0, 0, 0, 0, 0, 1, 2)),
            8);

    assertThat(encoder.encode(data("n", NumericColumn.of(-1, 0, 0.5, 1, 2))).ids(0))
        .containsExactly(2, 2, 2, 3, 3);
    assertThat(encoder.layout().tables().get(0).rows()).isEqualTo(4);
  }

  @Test
  void should_count_boundaries_at_or_below_when_buckets_are_given() {
    FeatureEncoder encoder =
        FeatureEncoder.fit(
            candidate(numeric("n").buckets(0, 10)), data("n", NumericColumn.of(1)), 8);

    assertThat(encoder.encode(data("n", NumericColumn.of(-1, 0, 9, 10, 11))).ids(0))
        .containsExactly(2, 3, 3, 4, 4);
  }

  @Test
  void should_add_an_indicator_when_a_vector_may_be_missing() {
    VectorColumn vectors =
        new VectorColumn(new float[] {1, 2, 3, 4}, 2, BitSet.valueOf(new long[] {1}));

    FeatureEncoder encoder = FeatureEncoder.fit(candidate(vector("e", 2)), data("e", vectors), 8);

    assertThat(encoder.encode(data("e", vectors)).dense()).containsExactly(0, 0, 1, 3, 4, 0);
    assertThatThrownBy(
            () -> encoder.encode(data("e", new VectorColumn(new float[] {1, Float.NaN}, 2, null))))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("'e'", "NaN", "row 0");
    assertThatThrownBy(() -> encoder.encode(data("e", new VectorColumn(new float[3], 3, null))))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("width 2", "width 3");
  }

  @Test
  void should_smooth_and_standardise_when_encoding_a_rate() {
    Dataset train =
        Dataset.builder()
            .column(
                "ctr",
                new RateColumn(
                    new double[] {0, 30}, new double[] {0, 60}, new double[] {0.25, 0.25}))
            .rateTable(new RateTable("ctr", Map.of("u\u001f7", new RateTable.Count(30, 60)), 0.25))
            .build();
    FeatureSchema schema = candidate(rate("ctr", "click", "user", "tab"));

    FeatureEncoder encoder = FeatureEncoder.fit(schema, train, 8);

    // ln(5/15) and ln(35/45), and ln 1 and ln 61: two different numbers each, so -1 and 1.
    assertThat(encoder.encode(train).dense()).containsExactly(-1, -1, 1, 1);
    Dataset keys =
        Dataset.builder()
            .column("user", categories("u", "u", null))
            .column("tab", NumericColumn.of(7, 8, 7))
            .build();
    assertThat(encoder.encode(keys).dense()).containsExactly(1, 1, -1, -1, -1, -1);
    Scale odds = Objects.requireNonNull(encoder.state().scales().get("ctr")).get(0);
    double low = Math.log(5.0 / 15);
    double high = Math.log(35.0 / 45);
    assertThat(odds.mean()).isCloseTo((low + high) / 2, within(ERROR));
    assertThat(odds.deviation()).isCloseTo((high - low) / 2, within(ERROR));
  }

  @Test
  void should_say_what_is_needed_when_a_rate_has_no_counts() {
    FeatureSchema schema = candidate(rate("ctr", "click", "v"));
    Dataset bare = data("v", categories("a"));

    assertThatThrownBy(() -> FeatureEncoder.fit(schema, bare, 8))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("no rate table of rate feature 'ctr'", "RateColumn");
    Dataset table = bare.toBuilder().rateTable(new RateTable("ctr", Map.of(), 0.5)).build();
    assertThatThrownBy(() -> FeatureEncoder.fit(schema, table, 8))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no column of rate feature 'ctr'");
  }

  @Test
  void should_lay_out_context_before_candidate_and_embeddings_before_dense() {
    FeatureSchema schema =
        FeatureSchema.builder()
            .context(numeric("age"), categorical("user").width(3))
            .candidate(vector("e", 2).required(), numeric("d").buckets(1), categorical("item"))
            .build();
    Dataset train =
        Dataset.builder()
            .column("age", NumericColumn.of(1))
            .column("user", categories("u"))
            .column("e", new VectorColumn(new float[] {8, 9}, 2, null))
            .column("d", NumericColumn.of(1))
            .column("item", categories("i"))
            .build();

    InputLayout layout = FeatureEncoder.fit(schema, train, 5).layout();

    assertThat(layout.width()).isEqualTo(3 + 2 + 5 + 5 + 2);
    assertThat(layout.contextWidth()).isEqualTo(5);
    assertThat(layout.embeddings())
        .extracting(EmbeddingField::feature, EmbeddingField::offset, EmbeddingField::index)
        .containsExactly(tuple("user", 0, 0), tuple("d", 5, 1), tuple("item", 10, 2));
    assertThat(layout.dense())
        .containsExactly(
            new DenseField("age", 3, 0, 2, Side.CONTEXT),
            new DenseField("e", 15, 2, 2, Side.CANDIDATE));
    assertThat(layout.denseOffset(Side.CONTEXT)).isEqualTo(3);
    assertThat(layout.denseOffset(Side.CANDIDATE)).isEqualTo(15);
    assertThat(layout.denseWidth()).isEqualTo(4);
  }

  @Test
  void should_learn_the_same_when_the_data_come_in_chunks() {
    Dataset train =
        Dataset.builder()
            .column("v", categories("b", "a", "a", null, "b", "c"))
            .column("n", NumericColumn.of(1, 5, 2, 8, 3, 3))
            .build();
    FeatureSchema schema = candidate(categorical("v"), numeric("n"));

    FeatureEncoder whole = FeatureEncoder.fit(schema, train, 8);
    FeatureEncoder chunked =
        FeatureEncoder.fit(
            schema, chunks(train.slice(0, 1), train.slice(1, 4), train.slice(4, 6)), 8);

    assertThat(chunked.encode(train).ids(0)).containsExactly(whole.encode(train).ids(0));
    assertThat(chunked.encode(train).dense()).containsExactly(whole.encode(train).dense());
    assertThat(chunked.statistics()).isEqualTo(whole.statistics());
    Dataset bad = train.with("n", NumericColumn.of(1, 2, 3, 4, 5, Double.NaN)).slice(3, 6);
    assertThatThrownBy(() -> FeatureEncoder.fit(schema, chunks(train, bad), 8))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 8");
  }

  @Test
  void should_name_what_is_there_when_a_column_is_absent_or_wrong() {
    FeatureEncoder encoder =
        FeatureEncoder.fit(candidate(categorical("v")), data("v", categories("a")), 8);

    assertThatThrownBy(() -> encoder.encode(data("w", categories("a"))))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContainingAll("'v'", "[w]");
    assertThatThrownBy(() -> encoder.encode(data("v", ListColumn.of(List.of(List.of("a"))))))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("'v'", "categories", "lists of categories");
  }

  private static DatasetSource chunks(Dataset... parts) {
    return () -> {
      Iterator<Dataset> all = List.of(parts).iterator();
      return new DatasetSource.Chunks() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Dataset next() {
          return all.next();
        }

        @Override
        public void close() {}
      };
    };
  }
}
