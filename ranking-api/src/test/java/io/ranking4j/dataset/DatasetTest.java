package io.ranking4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final NegativeSampling SAMPLING = new NegativeSampling(0.1);
  private static final RateTable TABLE = new RateTable("ctr", Map.of(), 0.5);
  private static final Dataset DATA =
      Dataset.builder()
          .column("video", CategoricalColumn.of(List.of("a", "b", "c")))
          .column("click", NumericColumn.of(0, 1, 0))
          .negativeSampling(SAMPLING)
          .rateTable(TABLE)
          .build();

  @Test
  void should_have_the_columns_in_the_order_they_were_added_when_built() {
    assertThat(DATA.rows()).isEqualTo(3);
    assertThat(DATA.columns().keySet()).containsExactly("video", "click");
    assertThat(DATA.has("click")).isTrue();
    assertThat(DATA.has("clik")).isFalse();
    assertThat(DATA.column("click", NumericColumn.class).values()).containsExactly(0, 1, 0);
    assertThat(DATA).hasToString("Dataset[3 rows, columns [video, click]]");
    assertThatThrownBy(() -> DATA.columns().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void should_not_change_when_its_builder_goes_on() {
    Dataset.Builder builder = DATA.toBuilder();
    Dataset before = builder.build();
    builder.column("length", NumericColumn.of(1, 2, 3)).rateTable(new RateTable("x", Map.of(), .1));
    assertThat(before.has("length")).isFalse();
    assertThat(before.rateTables()).containsOnlyKeys("ctr");
    assertThat(builder.build().rateTables()).containsOnlyKeys("ctr", "x");
  }

  @Test
  void should_refuse_columns_when_they_differ_in_rows() {
    Dataset.Builder builder = DATA.toBuilder().column("length", NumericColumn.of(1, 2));
    assertThatThrownBy(builder::build)
        .isInstanceOf(DataException.class)
        .hasMessage("column 'length' has 2 rows, but column 'video' has 3");
  }

  @Test
  void should_refuse_a_data_set_when_it_has_no_column() {
    assertThatThrownBy(() -> Dataset.builder().build())
        .isInstanceOf(DataException.class)
        .hasMessage("a data set needs at least one column");
  }

  @Test
  void should_list_the_known_columns_when_one_is_unknown() {
    assertThatThrownBy(() -> DATA.column("clik"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown column 'clik', known are [video, click]");
    assertThatThrownBy(() -> DATA.column("clik", NumericColumn.class))
        .isInstanceOf(UnknownNameException.class);
  }

  @Test
  void should_say_what_a_column_holds_when_another_type_is_asked_for() {
    assertThatThrownBy(() -> DATA.column("video", NumericColumn.class))
        .isInstanceOf(DataException.class)
        .hasMessage("column 'video' must be a NumericColumn, but holds categories");
  }

  @Test
  void should_keep_sampling_and_rate_tables_when_rows_or_columns_are_changed() {
    Dataset selected = DATA.select(new int[] {2, 0, 2, 1});
    Dataset sliced = DATA.slice(1, 3);
    Dataset with = DATA.with("click", NumericColumn.of(1, 1, 1));
    for (Dataset changed : List.of(selected, sliced, with)) {
      assertThat(changed.negativeSampling()).contains(SAMPLING);
      assertThat(changed.rateTables()).containsOnly(Map.entry("ctr", TABLE));
      assertThat(changed.columns().keySet()).containsExactly("video", "click");
    }
    assertThat(selected.rows()).isEqualTo(4);
    assertThat(selected.column("video", CategoricalColumn.class).get(0)).isEqualTo("c");
    assertThat(sliced.rows()).isEqualTo(2);
    assertThat(sliced.column("click", NumericColumn.class).values()).containsExactly(1, 0);
    assertThat(with.column("click", NumericColumn.class).values()).containsExactly(1, 1, 1);
    assertThat(DATA.column("click", NumericColumn.class).values()).containsExactly(0, 1, 0);
    assertThat(DATA.with(new NegativeSampling(1)).negativeSampling())
        .contains(new NegativeSampling(1));
  }

  @Test
  void should_refuse_a_slice_when_it_is_no_range_of_rows() {
    assertThat(DATA.slice(3, 3).rows()).isZero();
    for (int[] range : new int[][] {{2, 1}, {-1, 2}, {0, 4}}) {
      assertThatThrownBy(() -> DATA.slice(range[0], range[1]))
          .as("%d to %d", range[0], range[1])
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void should_read_all_rows_once_when_opened_each_time() {
    for (int reading = 0; reading < 2; reading++) {
      try (DatasetSource.Chunks chunks = DATA.open()) {
        assertThat(chunks.hasNext()).isTrue();
        assertThat(chunks.next()).isSameAs(DATA);
        assertThat(chunks.hasNext()).isFalse();
        assertThatThrownBy(chunks::next).isInstanceOf(NoSuchElementException.class);
      }
    }
  }

  @Test
  void should_have_neither_sampling_nor_rate_tables_when_a_source_says_nothing() {
    DatasetSource source = () -> DatasetSource.Chunks.of(DATA);
    assertThat(source.negativeSampling()).isEmpty();
    assertThat(source.rateTables()).isEmpty();
  }
}
