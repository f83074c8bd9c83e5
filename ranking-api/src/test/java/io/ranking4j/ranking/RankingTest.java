package io.ranking4j.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.error.UnknownNameException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final CandidatePredictions PREDICTIONS = predictions();
  private static final Ranking RANKING =
      new Ranking(
          new String[] {"a", "b", "c"},
          new int[] {2, 0, 1},
          new double[] {0.5, 0.1, 0.9},
          PREDICTIONS);

  private static CandidatePredictions predictions() {
    Map<String, double[]> tasks = new LinkedHashMap<>();
    tasks.put("view", new double[] {0.1, 0.2, 0.3, 9});
    tasks.put("click", new double[] {0.4, 0.5, 0.6});
    return new CandidatePredictions(3, tasks, Map.of("price", new double[] {1, 2, 3}));
  }

  @Test
  void should_show_candidates_best_first_when_ranked() {
    assertThat(RANKING.size()).isEqualTo(3);
    assertThat(RANKING.ids()).containsExactly("c", "a", "b");
    assertThat(RANKING).hasToString("Ranking[c, a, b]");
    assertThat(RANKING.get(0))
        .isEqualTo(new RankedCandidate("c", 0, 2, 0.9, Map.of("view", 0.3, "click", 0.6)));
    assertThat(RANKING.get(2))
        .isEqualTo(new RankedCandidate("b", 2, 1, 0.1, Map.of("view", 0.2, "click", 0.5)));
    assertThat(RANKING.get(0).predictions().keySet()).containsExactly("view", "click");
  }

  @Test
  void should_be_the_same_candidates_when_seen_as_a_list() {
    List<RankedCandidate> items = RANKING.items();
    assertThat(items).containsExactly(RANKING.get(0), RANKING.get(1), RANKING.get(2));
    assertThatThrownBy(() -> items.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> items.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> items.get(0).predictions().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void should_find_columns_when_asked_by_name() {
    assertThat(PREDICTIONS.size()).isEqualTo(3);
    assertThat(PREDICTIONS.tasks()).containsExactly("view", "click");
    assertThat(PREDICTIONS.signals()).containsExactly("price");
    assertThat(PREDICTIONS.task("click")).containsExactly(0.4, 0.5, 0.6);
    assertThat(PREDICTIONS.signal("price")).containsExactly(1, 2, 3);
  }

  @Test
  void should_list_the_known_names_when_a_column_is_unknown() {
    assertThatThrownBy(() -> PREDICTIONS.task("price"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown task 'price', known are [view, click]");
    assertThatThrownBy(() -> PREDICTIONS.signal("bid"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("unknown signal 'bid', known are [price]");
  }

  @Test
  void should_refuse_a_column_when_shorter_than_there_are_candidates() {
    Map<String, double[]> shortOne = Map.of("x", new double[2]);
    assertThatThrownBy(() -> new CandidatePredictions(3, shortOne, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("task 'x' must have a value for each of the 3 candidates, but has 2");
    assertThatThrownBy(() -> new CandidatePredictions(3, Map.of(), shortOne))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("signal 'x' must have a value for each of the 3 candidates, but has 2");
  }

  @Test
  void should_not_lose_a_task_when_the_views_of_its_names_are_tried() {
    assertThatThrownBy(() -> PREDICTIONS.tasks().remove("view"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> PREDICTIONS.signals().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void should_add_or_replace_a_signal_when_given_to_a_candidate() {
    Candidate plain = Candidate.of("a", Features.empty());
    Candidate priced = plain.signal("price", 2).signal("bid", 3).signal("price", 4);
    assertThat(plain.signals()).isEmpty();
    assertThat(priced)
        .isEqualTo(new Candidate("a", plain.features(), Map.of("price", 4.0, "bid", 3.0)));
    Map<String, Double> given = new HashMap<>(Map.of("price", 1.0));
    Candidate copied = new Candidate("a", Features.empty(), given);
    given.put("price", 2.0);
    assertThat(copied.signals()).containsOnly(Map.entry("price", 1.0));
  }

  @Test
  void should_refuse_a_signal_when_not_finite() {
    Candidate candidate = Candidate.of("a", Features.empty());
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> candidate.signal("price", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("signal 'price' of candidate 'a' must be finite, but was " + value);
    }
  }

  @Test
  void should_print_one_line_a_node_when_explained() {
    Explanation explanation =
        Explanation.of(
            1.5,
            "sum of",
            Explanation.of(1, "click", Explanation.of(0.25, "probability")),
            Explanation.of(0.5, "price"));
    assertThat(explanation)
        .hasToString("1.5 = sum of\n  1.0 = click\n    0.25 = probability\n  0.5 = price\n");
    assertThat(explanation.details().get(1).details()).isEmpty();
  }
}
