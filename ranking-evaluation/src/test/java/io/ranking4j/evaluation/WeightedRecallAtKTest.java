package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedRecallAtKTest {

  @Test
  void should_sum_exactly_k_ranks() {
    RankedLists list = RankedLists.single(new double[] {4, 1, 3, 2}, new double[] {.1, .9, .5, .7});
    double[] expected = {.1, .3, .6, 1, 1};
    for (int k = 1; k <= expected.length; k++) {
      assertThat(WeightedRecallAtK.compute(list, k).value())
          .as("k %d", k)
          .isCloseTo(expected[k - 1], within(1e-15));
    }
  }

  @Test
  void should_average_over_lists_and_count_those_without_orders() {
    RankedLists lists =
        RankedLists.of(
            new double[] {5, 5, 0, 0, 1, 3},
            new double[] {6, 5, 4, 3, 2, 1},
            Groups.of(new int[] {1, 1, 2, 2, 3, 3}));
    GroupedValue recall = WeightedRecallAtK.compute(lists, 1);
    assertThat(recall.value()).isCloseTo((.5 + .25) / 2, within(1e-15));
    assertThat(recall.groups()).isEqualTo(3);
    assertThat(recall.groupsUsed()).isEqualTo(2);
  }

  @Test
  void should_match_the_definition_when_lists_are_random_and_ties_are_averaged() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(10);
      int k = 1 + random.nextInt(10);
      double[] orders = random.ints(n, 1, 5).asDoubleStream().toArray();
      double[] scores = random.ints(n, 0, 4).asDoubleStream().toArray();
      double top = 0;
      double total = 0;
      for (int i = 0; i < n; i++) {
        int above = 0;
        int tied = 0;
        for (double other : scores) {
          above += other > scores[i] ? 1 : 0;
          tied += other == scores[i] ? 1 : 0;
        }
        top += orders[i] * Math.max(0, Math.min(1, (k - above) / (double) tied));
        total += orders[i];
      }
      assertThat(
              WeightedRecallAtK.compute(RankedLists.single(orders, scores), k, Ties.AVERAGED)
                  .value())
          .as("seed %d", seed)
          .isCloseTo(top / total, within(1e-12));
    }
  }

  @Test
  void should_refuse_k_below_one() {
    RankedLists list = RankedLists.single(new double[1], new double[1]);
    assertThatThrownBy(() -> WeightedRecallAtK.compute(list, -3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be at least 1, but was -3");
  }
}
