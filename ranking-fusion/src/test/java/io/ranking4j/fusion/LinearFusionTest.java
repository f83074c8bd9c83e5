package io.ranking4j.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearFusionTest {
  private static final CandidatePredictions PREDICTIONS =
      new CandidatePredictions(
          3,
          Map.of(
              "click", new double[] {0.1, 0.5, 0, 99},
              "order", new double[] {0.02, 0.03, 0.25, 99}),
          Map.of("price", new double[] {10, 4, -8, 99}, "freshness", new double[] {-1, 0, 2, 99}));

  @Test
  void should_add_up_tasks_by_weight() {
    double[] utility = fuse(LinearFusion.of(Map.of("click", 1.0, "order", 20.0)), PREDICTIONS);
    assertThat(utility).containsExactly(new double[] {0.5, 1.1, 5}, within(1e-15));
  }

  @Test
  void should_add_signals_and_products_when_they_have_weights() {
    LinearFusion fusion =
        LinearFusion.of(Map.of("click", -2.0))
            .withSignal("freshness", 0.25)
            .withProduct("order", "price", 0.5)
            .withProduct(List.of("click", "order"), List.of("price"), 3);
    // -2 p_click + .25 freshness + .5 p_order price + 3 p_click p_order price
    assertThat(fuse(fusion, PREDICTIONS))
        .containsExactly(new double[] {-0.29, -0.76, -0.5}, within(1e-14));
    assertThat(fusion.tasks()).containsExactly("click", "order");
    assertThat(fusion.signals()).containsExactly("freshness", "price");
  }

  @Test
  void should_replace_a_weight_when_it_is_set_again() {
    LinearFusion fusion = LinearFusion.of(Map.of("click", 1.0)).withTask("order", 2);
    assertThat(fusion.withTask("click", 3).withTask("order", 4))
        .isEqualTo(LinearFusion.of(Map.of("order", 4.0, "click", 3.0)))
        .hasSameHashCodeAs(LinearFusion.of(Map.of("order", 4.0, "click", 3.0)));
    assertThat(fusion).isEqualTo(LinearFusion.of(Map.of("click", 1.0, "order", 2.0)));
  }

  @Test
  void should_leave_alone_what_lies_beyond_the_candidates() {
    double[] utility = {7, 7, 7, 7};
    LinearFusion.of(Map.of("click", 1.0)).fuse(PREDICTIONS, utility);
    assertThat(utility).containsExactly(0.1, 0.5, 0, 7);
  }

  @Test
  void should_give_the_same_bits_whatever_the_order_of_weights() {
    long seed = 3;
    Random random = new Random(seed);
    Map<String, double[]> tasks = new LinkedHashMap<>();
    Map<String, Double> forward = new LinkedHashMap<>();
    Map<String, Double> backward = new LinkedHashMap<>();
    for (int t = 0; t < 9; t++) {
      tasks.put("t" + t, random.doubles(100).toArray());
      forward.put("t" + t, random.nextGaussian());
    }
    for (int t = 8; t >= 0; t--) {
      backward.put("t" + t, forward.getOrDefault("t" + t, Double.NaN));
    }
    CandidatePredictions predictions = new CandidatePredictions(100, tasks, Map.of());
    assertThat(fuse(LinearFusion.of(backward), predictions))
        .as("seed %d", seed)
        .containsExactly(fuse(LinearFusion.of(forward), predictions));
  }

  @Test
  void should_explain_by_terms_that_add_up() {
    LinearFusion fusion =
        LinearFusion.of(Map.of("click", 1.0, "order", 20.0))
            .withSignal("freshness", 0.1)
            .withProduct("order", "price", 0.5);
    double[] utility = fuse(fusion, PREDICTIONS);
    for (int candidate = 0; candidate < 3; candidate++) {
      Explanation explanation = fusion.explain(PREDICTIONS, candidate);
      assertThat(explanation.value()).isEqualTo(utility[candidate]);
      double sum = 0;
      for (Explanation term : explanation.details()) {
        sum += term.value();
        double product = 1;
        for (Explanation part : term.details()) {
          product *= part.value();
        }
        assertThat(product).isCloseTo(term.value(), within(1e-15));
      }
      assertThat(sum).isCloseTo(utility[candidate], within(1e-15));
      assertThat(explanation.details()).hasSize(4);
    }
    assertThat(LinearFusion.of(Map.of("order", 20.0)).explain(PREDICTIONS, 2).toString())
        .isEqualTo(
            """
            5.0 = utility: the sum of
              5.0 = weight times task 'order'
                20.0 = weight
                0.25 = task 'order'
            """);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void should_refuse_weight_when_it_is_not_finite(double weight) {
    assertThatThrownBy(() -> LinearFusion.of(Map.of("click", weight)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the weight of task 'click' must be finite, but was " + weight);
    assertThatThrownBy(
            () -> LinearFusion.of(Map.of("click", 1.0)).withProduct("order", "price", weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the weight of task 'order' times signal 'price' must be finite, but was " + weight);
  }

  @Test
  void should_refuse_when_there_is_nothing_to_add() {
    assertThatThrownBy(() -> LinearFusion.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a fusion needs at least one weight");
    assertThatThrownBy(
            () -> LinearFusion.of(Map.of("click", 1.0)).withProduct(List.of(), List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a product must have at least one factor, but had none");
    assertThatThrownBy(() -> LinearFusion.of(Map.of(" ", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name of a task of a fusion must not be blank");
  }

  @Test
  void should_name_candidate_and_value_when_one_is_not_finite() {
    CandidatePredictions predictions =
        new CandidatePredictions(2, Map.of("click", new double[] {0.1, Double.NaN}), Map.of());
    LinearFusion fusion = LinearFusion.of(Map.of("click", 0.0));
    assertThatThrownBy(() -> fusion.fuse(predictions, new double[2]))
        .isInstanceOf(DataException.class)
        .hasMessage("task 'click' of candidate 1 must be finite, but was NaN");
    assertThatThrownBy(() -> fusion.explain(predictions, 1)).isInstanceOf(DataException.class);
    CandidatePredictions large =
        new CandidatePredictions(
            1, Map.of("click", new double[] {1e300}), Map.of("bid", new double[] {1e300}));
    assertThatThrownBy(
            () ->
                LinearFusion.of(Map.of("click", 1.0))
                    .withProduct("click", "bid", 1)
                    .fuse(large, new double[1]))
        .isInstanceOf(DataException.class)
        .hasMessage("the utility of candidate 0 must be finite, but the weighted sum was Infinity");
  }

  @Test
  void should_refuse_when_a_head_or_room_is_missing() {
    assertThatThrownBy(() -> fuse(LinearFusion.of(Map.of("save", 1.0)), PREDICTIONS))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unknown task 'save'")
        .hasMessageContaining("click")
        .hasMessageContaining("order");
    LinearFusion fusion = LinearFusion.of(Map.of("click", 1.0));
    assertThatThrownBy(() -> fusion.fuse(PREDICTIONS, new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the array of utilities must have room for 3 candidates, but has 2");
    assertThatThrownBy(() -> fusion.explain(PREDICTIONS, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static double[] fuse(LinearFusion fusion, CandidatePredictions predictions) {
    double[] utility = new double[predictions.size()];
    fusion.fuse(predictions, utility);
    return utility;
  }
}
