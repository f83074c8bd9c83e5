package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RecallAtKTest {

  private static final RankedLists LIST =
      RankedLists.single(new double[] {1, 0, 7, 0, 2}, new double[] {5, 4, 3, 2, 1});

  @Test
  void should_count_relevant_items_however_relevant_they_are() {
    double[] expected = {1 / 3.0, 1 / 3.0, 2 / 3.0, 2 / 3.0, 1, 1};
    for (int k = 1; k <= expected.length; k++) {
      assertThat(RecallAtK.compute(LIST, k).value())
          .as("k %d", k)
          .isCloseTo(expected[k - 1], within(1e-15));
    }
    assertThat(RecallAtK.compute(LIST, Integer.MAX_VALUE).value()).isEqualTo(1);
  }

  @Test
  void should_not_depend_on_row_order_when_ties_are_averaged() {
    double[] tied = {1, 1, 1, 1};
    RankedLists front = RankedLists.single(new double[] {1, 0, 0, 0}, tied);
    RankedLists back = RankedLists.single(new double[] {0, 0, 0, 1}, tied);
    assertThat(RecallAtK.compute(front, 1).value()).isEqualTo(1);
    assertThat(RecallAtK.compute(back, 1).value()).isEqualTo(0);
    assertThat(RecallAtK.compute(front, 1, Ties.AVERAGED).value()).isEqualTo(.25);
    assertThat(RecallAtK.compute(back, 1, Ties.AVERAGED).value()).isEqualTo(.25);
    assertThat(RecallAtK.compute(back, 3, Ties.AVERAGED).value()).isEqualTo(.75);
  }

  @Test
  void should_leave_out_lists_without_a_relevant_item() {
    RankedLists lists =
        RankedLists.of(
            new double[] {0, 1, 0}, new double[] {3, 2, 1}, Groups.of(new int[] {1, 2, 2}));
    GroupedValue recall = RecallAtK.compute(lists, 1);
    assertThat(recall.value()).isEqualTo(1);
    assertThat(recall.groupsUsed()).isEqualTo(1);
    assertThat(recall.rowsUsed()).isEqualTo(2);
    RankedLists none = RankedLists.single(new double[2], new double[2]);
    assertThat(RecallAtK.compute(none, 1).metric())
        .isEqualTo(MetricValue.undefined("no list has a relevance above 0"));
  }

  @Test
  void should_refuse_k_below_one() {
    assertThatThrownBy(() -> RecallAtK.compute(LIST, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be at least 1, but was 0");
  }
}
