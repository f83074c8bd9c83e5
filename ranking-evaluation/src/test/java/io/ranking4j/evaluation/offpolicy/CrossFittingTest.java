package io.ranking4j.evaluation.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.evaluation.Groups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossFittingTest {

  private static final int[] ACTIONS = new int[100];

  private static double[] onlyAction(int row) {
    return new double[] {1};
  }

  @Test
  void should_never_show_a_model_the_cluster_that_it_judges() {
    int[] users = new int[100];
    Arrays.setAll(users, row -> row / 4);
    Groups clusters = Groups.of(users);
    List<Integer> judged = new ArrayList<>();
    CrossFitting.rewards(
        ACTIONS,
        CrossFittingTest::onlyAction,
        rows ->
            row -> {
              judged.add(row);
              assertThat(Arrays.stream(rows).map(other -> users[other])).doesNotContain(users[row]);
              return new double[1];
            },
        clusters,
        7,
        3);
    assertThat(judged).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void should_use_the_fold_of_each_row_when_models_differ() {
    // A model that expects the number of rows it was fitted to: 80 of 100 in five folds.
    RewardEstimates rewards =
        CrossFitting.rewards(
            ACTIONS,
            CrossFittingTest::onlyAction,
            rows -> row -> new double[] {rows.length},
            null,
            1);
    assertThat(rewards.ofPolicy(13)).isEqualTo(80);
    assertThat(rewards.ofLoggedAction(99)).isEqualTo(80);
  }

  @Test
  void should_refuse_what_cannot_be_split() {
    assertThatThrownBy(
            () ->
                CrossFitting.rewards(
                    ACTIONS,
                    CrossFittingTest::onlyAction,
                    rows -> row -> new double[1],
                    Groups.of(new int[100]),
                    1))
        .hasMessage("cross-fitting needs at least 2 folds and 2 clusters, but had 5 and 1");
  }
}
