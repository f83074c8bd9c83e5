package io.ranking4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private static final int[] ROWS = {2, 0, 2};

  @Test
  void should_code_categories_in_order_of_appearance_when_made_of_values() {
    CategoricalColumn column = CategoricalColumn.of(Arrays.asList("b", "a", null, "b", ""));
    assertThat(column.codes()).containsExactly(0, 1, CategoricalColumn.MISSING, 0, 2);
    assertThat(column.dictionary()).containsExactly("b", "a", "");
    assertThat(column.size()).isEqualTo(5);
    assertThat(column.get(3)).isEqualTo("b");
    assertThat(column.get(2)).isNull();
    assertThat(column.get(4)).isEmpty();
    assertThat(column.holds()).isEqualTo("categories");
  }

  @Test
  void should_select_categories_when_one_is_missing() {
    CategoricalColumn column = CategoricalColumn.of(Arrays.asList("b", "a", null)).select(ROWS);
    assertThat(column.codes()).containsExactly(-1, 0, -1);
    assertThat(column.get(1)).isEqualTo("b");
  }

  @Test
  void should_code_lists_when_made_of_values() {
    ListColumn column =
        ListColumn.of(List.of(List.of("x", "y"), List.of(), List.of("y", "z", "y")));
    assertThat(column.offsets()).containsExactly(0, 2, 2, 5);
    assertThat(column.codes()).containsExactly(0, 1, 1, 2, 1);
    assertThat(column.dictionary()).containsExactly("x", "y", "z");
    assertThat(column.size()).isEqualTo(3);
    assertThat(column.get(1)).isEmpty();
    assertThat(column.get(2)).containsExactly("y", "z", "y");
    assertThat(column.holds()).isEqualTo("lists of categories");
  }

  @Test
  void should_select_lists_when_they_differ_in_length() {
    ListColumn column =
        ListColumn.of(List.of(List.of("x", "y"), List.of(), List.of("z"))).select(ROWS);
    assertThat(column.offsets()).containsExactly(0, 1, 3, 4);
    assertThat(column.get(0)).containsExactly("z");
    assertThat(column.get(1)).containsExactly("x", "y");
    assertThat(column.get(2)).containsExactly("z");
    assertThat(column.select(new int[0]).size()).isZero();
  }

  @Test
  void should_read_lists_when_offsets_start_and_end_inside_of_the_codes() {
    ListColumn column =
        new ListColumn(new int[] {1, 2, 3}, new int[] {0, 1, 0, 1}, new String[] {"x", "y"});
    assertThat(column.size()).isEqualTo(2);
    assertThat(column.get(0)).containsExactly("y");
    assertThat(column.select(new int[] {1}).get(0)).containsExactly("x");
  }

  @Test
  void should_refuse_lists_when_offsets_do_not_fit() {
    String within =
        "offsets must have one entry more than there are rows and lie within the 2 codes";
    for (int[] offsets : new int[][] {{}, {0, 3}, {-1, 2}}) {
      assertThatThrownBy(() -> new ListColumn(offsets, new int[2], new String[] {"x"}))
          .as(Arrays.toString(offsets))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(within);
    }
    assertThatThrownBy(() -> new ListColumn(new int[] {0, 2, 1}, new int[2], new String[] {"x"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("offsets must not decrease, but entry 2 is 1 after 2");
  }

  @Test
  void should_tell_missing_numbers_from_nan_when_selected() {
    BitSet missing = new BitSet();
    missing.set(2);
    NumericColumn column = new NumericColumn(new double[] {Double.NaN, 5, 0}, missing);
    assertThat(column.isMissing(0)).isFalse();
    assertThat(column.isMissing(2)).isTrue();
    NumericColumn selected = column.select(ROWS);
    assertThat(selected.size()).isEqualTo(3);
    assertThat(selected.values()[1]).isNaN();
    assertThat(selected.isMissing(0)).isTrue();
    assertThat(selected.isMissing(1)).isFalse();
    assertThat(selected.isMissing(2)).isTrue();
    assertThat(column.holds()).isEqualTo("numbers");
  }

  @Test
  void should_have_every_number_when_made_of_values() {
    NumericColumn column = NumericColumn.of(1, 2, 3).select(ROWS);
    assertThat(column.values()).containsExactly(3, 1, 3);
    assertThat(column.missing()).isNull();
    assertThat(column.isMissing(0)).isFalse();
  }

  @Test
  void should_select_whole_vectors_when_one_is_missing() {
    BitSet missing = new BitSet();
    missing.set(0);
    VectorColumn column = new VectorColumn(new float[] {0, 0, 3, 4, 5, 6}, 2, missing);
    assertThat(column.size()).isEqualTo(3);
    assertThat(column.holds()).isEqualTo("vectors of width 2");
    VectorColumn selected = column.select(ROWS);
    assertThat(selected.values()).containsExactly(5, 6, 0, 0, 5, 6);
    assertThat(selected.isMissing(0)).isFalse();
    assertThat(selected.isMissing(1)).isTrue();
    assertThat(new VectorColumn(new float[] {1, 2}, 1, null).isMissing(1)).isFalse();
  }

  @Test
  void should_refuse_vectors_when_they_are_not_whole() {
    assertThatThrownBy(() -> new VectorColumn(new float[3], 2, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 values are not whole vectors of width 2");
    assertThatThrownBy(() -> new VectorColumn(new float[3], 0, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 values are not whole vectors of width 0");
  }

  @Test
  void should_select_counts_when_rows_are_given() {
    RateColumn column =
        new RateColumn(
            new double[] {1, 2, 3}, new double[] {10, 20, 30}, new double[] {0.1, 0.2, 0.3});
    RateColumn selected = column.select(ROWS);
    assertThat(selected.positives()).containsExactly(3, 1, 3);
    assertThat(selected.impressions()).containsExactly(30, 10, 30);
    assertThat(selected.overallRate()).containsExactly(0.3, 0.1, 0.3);
    assertThat(selected.size()).isEqualTo(3);
    assertThat(column.holds()).isEqualTo("counts of a rate");
  }

  @Test
  void should_refuse_counts_when_the_arrays_differ_in_length() {
    assertThatThrownBy(() -> new RateColumn(new double[1], new double[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "positives, impressions and overall rates must be as many, but were 1, 2 and 1");
    assertThatThrownBy(() -> new RateColumn(new double[2], new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "positives, impressions and overall rates must be as many, but were 2, 2 and 3");
  }
}
