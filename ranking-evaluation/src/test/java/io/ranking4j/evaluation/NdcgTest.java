package io.ranking4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NdcgTest {

  private static final RankedLists GRADES =
      RankedLists.single(new double[] {3, 2, 3, 0, 1, 2}, new double[] {6, 5, 4, 3, 2, 1});

  private static final RankedLists TIED =
      RankedLists.single(new double[] {10, 0, 0, 1, 5}, new double[] {1, 1, 1, 1, 1});

  @Test
  void should_match_the_reference_when_gain_is_linear() {
    assertThat(Ndcg.compute(GRADES, 3).value()).isCloseTo(.9777813616, within(1e-10));
    assertThat(Ndcg.compute(GRADES, 5).value()).isCloseTo(.8610442, within(5e-8));
    assertThat(Ndcg.compute(GRADES, 6).value()).isCloseTo(.9608082, within(5e-8));
    assertThat(Ndcg.compute(GRADES, Integer.MAX_VALUE).value()).isCloseTo(.9608082, within(5e-8));
  }

  @Test
  void should_match_the_reference_when_gain_is_exponential() {
    double[] expected = {.9594535146, .8755944, .9488107};
    int[] k = {3, 5, 6};
    for (int i = 0; i < k.length; i++) {
      assertThat(Ndcg.compute(GRADES, k[i], Gain.EXPONENTIAL, Ties.ROW_ORDER).value())
          .as("k %d", k[i])
          .isCloseTo(expected[i], within(i == 0 ? 1e-10 : 5e-8));
    }
  }

  @Test
  void should_match_scikit_learn_when_ties_are_averaged() {
    assertThat(Ndcg.dcg(TIED, 5, Gain.LINEAR, Ties.AVERAGED).value())
        .isCloseTo(9.4350692, within(5e-8));
    assertThat(Ndcg.compute(TIED, 5, Gain.LINEAR, Ties.AVERAGED).value())
        .isCloseTo(.6909785, within(5e-8));
    assertThat(Ndcg.compute(TIED, 3, Gain.LINEAR, Ties.AVERAGED).value())
        .isCloseTo(.4993885, within(5e-8));
  }

  @Test
  void should_be_the_mean_over_random_orders_when_ties_are_averaged() {
    long seed = 7;
    Random random = new Random(seed);
    double[] relevances = random.ints(12, 0, 4).asDoubleStream().toArray();
    double[] scores = random.ints(12, 0, 3).asDoubleStream().toArray();
    double averaged =
        Ndcg.compute(RankedLists.single(relevances, scores), 6, Gain.EXPONENTIAL, Ties.AVERAGED)
            .value();
    double sum = 0;
    int orders = 100_000;
    for (int order = 0; order < orders; order++) {
      for (int i = 11; i > 0; i--) {
        int j = random.nextInt(i + 1);
        double relevance = relevances[i];
        relevances[i] = relevances[j];
        relevances[j] = relevance;
        double score = scores[i];
        scores[i] = scores[j];
        scores[j] = score;
      }
      sum +=
          Ndcg.compute(RankedLists.single(relevances, scores), 6, Gain.EXPONENTIAL, Ties.ROW_ORDER)
              .value();
    }
    assertThat(sum / orders).as("seed %d", seed).isCloseTo(averaged, within(.002));
  }

  @Test
  void should_rank_the_earlier_row_higher_when_scores_tie() {
    assertThat(Ndcg.compute(TIED, 1).value()).isEqualTo(1);
    RankedLists reversed =
        RankedLists.single(new double[] {5, 1, 0, 0, 10}, new double[] {1, 1, 1, 1, 1});
    assertThat(Ndcg.compute(reversed, 1).value()).isEqualTo(.5);
  }

  @Test
  void should_average_over_lists_and_leave_out_those_without_gain() {
    // GIVEN a perfect list, a list in the wrong order, a list without gain, rows interleaved
    RankedLists lists =
        RankedLists.of(
            new double[] {1, 0, 0, 0, 1, 0},
            new double[] {9, 8, 1, 0, 7, 2},
            Groups.of(new int[] {1, 2, 1, 3, 2, 3}));
    // THEN
    GroupedValue ndcg = Ndcg.compute(lists, 2);
    assertThat(ndcg.value()).isCloseTo((1 + Math.log(2) / Math.log(3)) / 2, within(1e-15));
    assertThat(ndcg.groups()).isEqualTo(3);
    assertThat(ndcg.groupsUsed()).isEqualTo(2);
    assertThat(ndcg.rowCoverage().value()).isEqualTo(4 / 6.0);
  }

  @Test
  void should_be_undefined_with_a_reason_when_no_list_has_gain() {
    RankedLists none = RankedLists.single(new double[2], new double[] {1, 2});
    assertThat(Ndcg.compute(none, 2).metric())
        .isEqualTo(MetricValue.undefined("no list has a relevance above 0"));
    RankedLists empty = RankedLists.single(new double[0], new double[0]);
    assertThat(Ndcg.compute(empty, 2).metric())
        .isEqualTo(MetricValue.undefined("there are no rows"));
  }

  @Test
  void should_refuse_what_is_out_of_range() {
    assertThatThrownBy(() -> Ndcg.compute(GRADES, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be at least 1, but was 0");
    RankedLists huge = RankedLists.single(new double[] {53}, new double[1]);
    assertThatThrownBy(() -> Ndcg.compute(huge, 1, Gain.EXPONENTIAL, Ties.ROW_ORDER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("relevances of exponential gain must be at most 52.0, but one was 53.0");
  }
}
