package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RankedListsTest {

  @Test
  void should_order_each_list_by_score_and_then_by_row() {
    RankedLists lists =
        RankedLists.of(
            new double[] {1, 2, 3, 4, 5},
            new double[] {.1, .5, .5, .5, .9},
            Groups.of(new int[] {0, 0, 1, 0, 1}));
    assertThat(lists.count()).isEqualTo(2);
    assertThat(lists.rows()).isEqualTo(5);
    double[] ranked = new double[5];
    for (int i = 0; i < 5; i++) {
      ranked[i] = lists.relevance(i);
    }
    assertThat(ranked).containsExactly(2, 4, 1, 5, 3);
  }

  @Test
  void should_name_row_limit_and_value_when_a_row_is_out_of_range() {
    double[] ok = {0, 1};
    assertThatThrownBy(() -> RankedLists.single(new double[] {0, -1}, ok))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("relevances must be finite and at least 0, but row 1 was -1.0");
    assertThatThrownBy(() -> RankedLists.single(ok, new double[] {Double.NaN, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scores must be finite, but row 0 was NaN");
    assertThatThrownBy(() -> RankedLists.single(ok, new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scores must have as many rows as relevances, 2, but had 3");
    assertThatThrownBy(() -> RankedLists.of(ok, ok, Groups.of(new int[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lists must have as many rows as relevances, 2, but had 1");
  }
}
