package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BadCaseRateAtKTest {

  private static final boolean[] BAD = {true, false, true, false, true, false};
  private static final double[] SCORES = {3, 2, 1, .5, 9, 8};
  private static final Groups LISTS = Groups.of(new int[] {1, 1, 1, 1, 2, 2});

  @Test
  void should_average_the_share_of_bad_items_when_lists_are_shorter_than_k() {
    GroupedValue two = BadCaseRateAtK.compute(row -> BAD[row], SCORES, LISTS, 2);
    assertThat(two.value()).isEqualTo(.5);
    GroupedValue three = BadCaseRateAtK.compute(row -> BAD[row], SCORES, LISTS, 3);
    assertThat(three.value()).isCloseTo((2 / 3.0 + 1 / 2.0) / 2, within(1e-15));
    assertThat(three.groupsUsed()).isEqualTo(2);
    GroupedValue one = BadCaseRateAtK.compute(row -> BAD[row], SCORES, LISTS, 1);
    assertThat(one.value()).isEqualTo(1);
    assertThat(BadCaseRateAtK.compute(row -> false, SCORES, LISTS, 1).value()).isZero();
  }

  @Test
  void should_not_depend_on_the_order_of_rows_when_ties_are_averaged() {
    double[] bad = {1, 0, 0, 0};
    double[] same = new double[4];
    RankedLists lists = RankedLists.single(bad, same);
    assertThat(BadCaseRateAtK.compute(lists, 2, Ties.ROW_ORDER).value()).isEqualTo(.5);
    assertThat(BadCaseRateAtK.compute(lists, 2, Ties.AVERAGED).value()).isEqualTo(.25);
  }

  @Test
  void should_be_undefined_when_there_are_no_lists() {
    GroupedValue none =
        BadCaseRateAtK.compute(row -> true, new double[0], Groups.of(new int[0]), 5);
    assertThat(none.value()).isNaN();
    assertThat(none.metric().undefinedBecause()).isEqualTo("there are no rows");
    assertThatThrownBy(() -> BadCaseRateAtK.compute(row -> true, SCORES, LISTS, 0))
        .hasMessage("k must be at least 1, but was 0");
  }
}
