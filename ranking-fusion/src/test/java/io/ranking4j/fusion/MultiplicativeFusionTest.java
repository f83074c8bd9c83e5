package io.ranking4j.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiplicativeFusionTest {
  private static final CandidatePredictions PREDICTIONS =
      new CandidatePredictions(
          3,
          Map.of("click", new double[] {0.1, 0.5, 0}, "order", new double[] {0.02, 0.03, 0.02}),
          Map.of("price", new double[] {10, 4, 1e-20}));

  @Test
  void should_multiply_powers_when_an_exponent_is_negative() {
    // .1^-.2 * .02, .5^-.2 * .03 and, by the floor, (1e-12)^-.2 * .02, by mpmath.
    assertThat(fuse(MultiplicativeFusion.of(Map.of("click", -0.2, "order", 1.0)), PREDICTIONS))
        .containsExactly(
            new double[] {0.03169786384922227, 0.03446095064991105, 5.02377286301916},
            within(1e-14));
  }

  @Test
  void should_multiply_powers_of_signals() {
    CandidatePredictions predictions =
        new CandidatePredictions(
            1,
            Map.of("click", new double[] {0.3}, "conversion", new double[] {0.05}),
            Map.of("price", new double[] {4}));
    MultiplicativeFusion fusion =
        MultiplicativeFusion.of(Map.of("click", 0.9, "conversion", 1.1)).withSignal("price", 0.5);
    // .3^.9 * .05^1.1 * 2, by mpmath.
    assertThat(fuse(fusion, predictions))
        .containsExactly(new double[] {0.025078764062338107}, within(1e-15));
    assertThat(fusion.tasks()).containsExactly("click", "conversion");
    assertThat(fusion.signals()).containsExactly("price");
  }

  @Test
  void should_not_floor_a_signal() {
    MultiplicativeFusion fusion =
        MultiplicativeFusion.of(Map.of("click", 0.0)).withSignal("price", 1);
    assertThat(fuse(fusion, PREDICTIONS)[2]).isCloseTo(1e-20, within(1e-33));
  }

  @Test
  void should_stay_finite_and_positive_when_the_product_leaves_the_doubles() {
    CandidatePredictions predictions =
        new CandidatePredictions(
            1, Map.of("click", new double[] {0}), Map.of("price", new double[] {Double.MAX_VALUE}));
    double largest = fuse(MultiplicativeFusion.of(Map.of("click", -1e6)), predictions)[0];
    assertThat(largest).isFinite().isGreaterThan(1.79e308);
    assertThat(fuse(MultiplicativeFusion.of(Map.of("click", 1e6)), predictions)[0])
        .isEqualTo(Double.MIN_VALUE);
    assertThat(fuse(MultiplicativeFusion.of(Map.of("click", -1e308)), predictions)[0])
        .isEqualTo(largest);
    assertThat(MultiplicativeFusion.of(Map.of("click", -1e6)).explain(predictions, 0).description())
        .isEqualTo("utility: the exponential, at the bound of double precision, of");
    MultiplicativeFusion torn =
        MultiplicativeFusion.of(Map.of("click", 1e308)).withSignal("price", 1e308);
    assertThatThrownBy(() -> fuse(torn, predictions))
        .isInstanceOf(DataException.class)
        .hasMessage("the utility of candidate 0 is not a number: its exponents are too large");
  }

  @Test
  void should_rank_by_the_logarithm_of_the_utility() {
    MultiplicativeFusion fusion = MultiplicativeFusion.of(Map.of("click", 0.3, "order", 0.7));
    double[] utility = fuse(fusion, PREDICTIONS);
    for (int candidate = 0; candidate < 3; candidate++) {
      Explanation log = fusion.explain(PREDICTIONS, candidate).details().get(0);
      assertThat(Math.exp(log.value())).isEqualTo(utility[candidate]);
    }
    assertThat(utility[1]).isGreaterThan(utility[0]);
    assertThat(utility[0]).isGreaterThan(utility[2]);
  }

  @Test
  void should_explain_by_logarithms_that_add_up() {
    MultiplicativeFusion fusion =
        MultiplicativeFusion.of(Map.of("click", -0.2, "order", 1.0)).withSignal("price", 0.5);
    double[] utility = fuse(fusion, PREDICTIONS);
    for (int candidate = 0; candidate < 3; candidate++) {
      Explanation explanation = fusion.explain(PREDICTIONS, candidate);
      assertThat(explanation.value()).isEqualTo(utility[candidate]);
      assertThat(explanation.details()).hasSize(1);
      Explanation log = explanation.details().get(0);
      double sum = 0;
      double product = 1;
      for (Explanation term : log.details()) {
        sum += term.value();
        double exponent = term.details().get(0).value();
        double value = term.details().get(1).value();
        product *= Math.pow(value == 0 ? 1e-12 : value, exponent);
      }
      assertThat(log.details()).hasSize(3);
      assertThat(sum).isCloseTo(log.value(), within(1e-14));
      assertThat(product).isCloseTo(utility[candidate], within(1e-13 * utility[candidate]));
    }
    assertThat(fusion.explain(PREDICTIONS, 2).toString())
        .contains("0.0 = task 'click', which counts as 1.0E-12\n");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, -3, Double.NaN, Double.POSITIVE_INFINITY})
  void should_name_candidate_and_value_when_a_signal_has_no_logarithm(double price) {
    CandidatePredictions predictions =
        new CandidatePredictions(
            2, Map.of("click", new double[] {0.1, 0.1}), Map.of("price", new double[] {1, price}));
    MultiplicativeFusion fusion =
        MultiplicativeFusion.of(Map.of("click", 1.0)).withSignal("price", 0.0);
    String message =
        "signal 'price' of candidate 1 must be above 0 and finite in a multiplicative fusion, but"
            + " was "
            + price;
    assertThatThrownBy(() -> fuse(fusion, predictions))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> fusion.explain(predictions, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-300, Double.NaN, Double.POSITIVE_INFINITY})
  void should_name_candidate_and_value_when_a_task_has_no_logarithm(double prediction) {
    CandidatePredictions predictions =
        new CandidatePredictions(1, Map.of("click", new double[] {prediction}), Map.of());
    assertThatThrownBy(() -> fuse(MultiplicativeFusion.of(Map.of("click", 1.0)), predictions))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "task 'click' of candidate 0 must be at least 0 and finite in a multiplicative fusion,"
                + " but was "
                + prediction);
  }

  @Test
  void should_refuse_exponents_when_none_or_not_finite() {
    assertThatThrownBy(() -> MultiplicativeFusion.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a fusion needs at least one exponent");
    assertThatThrownBy(() -> MultiplicativeFusion.of(Map.of("click", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the exponent of task 'click' must be finite, but was NaN");
  }

  @Test
  void should_refuse_when_a_head_or_room_is_missing() {
    assertThatThrownBy(() -> fuse(MultiplicativeFusion.of(Map.of("save", 1.0)), PREDICTIONS))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("unknown task 'save'");
    assertThatThrownBy(
            () -> MultiplicativeFusion.of(Map.of("click", 1.0)).fuse(PREDICTIONS, new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the array of utilities must have room for 3 candidates, but has 0");
  }

  private static double[] fuse(MultiplicativeFusion fusion, CandidatePredictions predictions) {
    double[] utility = new double[predictions.size()];
    fusion.fuse(predictions, utility);
    return utility;
  }
}
