package io.ranking4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TaskTest {
  static Stream<Arguments> refusals() {
    Task click = Task.binary("click");
    Task watch = Task.of("watch", new SecondsKind());
    String loss = "the loss weight of task 'click' must be finite and at least 0, but was ";
    String positive = "the positive weight of task 'click' must be finite and above 0, but was ";
    String keep = "the negative keep rate of task 'click' must be in (0, 1], but was ";
    String noPositives =
        "task 'watch' is of kind 'seconds', which has no positives: positive weight and negative"
            + " keep rate must be 1, but were ";
    return Stream.of(
        refusal("the name of a task must not be blank", () -> Task.binary(" ")),
        refusal("the label of task 'click' must not be blank", () -> click.label("")),
        refusal(loss + "-0.5", () -> click.lossWeight(-0.5)),
        refusal(loss + "NaN", () -> click.lossWeight(Double.NaN)),
        refusal(loss + "Infinity", () -> click.lossWeight(Double.POSITIVE_INFINITY)),
        refusal(positive + "0.0", () -> click.positiveWeight(0)),
        refusal(positive + "NaN", () -> click.positiveWeight(Double.NaN)),
        refusal(positive + "Infinity", () -> click.positiveWeight(Double.POSITIVE_INFINITY)),
        refusal(keep + "0.0", () -> click.negativeKeepRate(0)),
        refusal(keep + "1.01", () -> click.negativeKeepRate(1.01)),
        refusal(keep + "NaN", () -> click.negativeKeepRate(Double.NaN)),
        refusal(noPositives + "2.0 and 1.0", () -> watch.positiveWeight(2)),
        refusal(noPositives + "1.0 and 0.5", () -> watch.negativeKeepRate(0.5)),
        refusal("the parent of a residual link must not be blank", () -> click.residualFrom(" ")),
        refusal(
            "layers of the residual link from 'view' count from 1, but one was 0",
            () -> Residual.features("view", 2, 0)));
  }

  private static Arguments refusal(String message, ThrowingCallable call) {
    return arguments(message, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void should_say_what_the_limit_and_the_actual_value_are_when_refused(
      String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void should_have_the_documented_defaults_when_nothing_else_is_said() {
    assertThat(Task.binary("click"))
        .isEqualTo(
            new Task(
                "click",
                BinaryKind.INSTANCE,
                "click",
                LabelSpace.Impressions.INSTANCE,
                1,
                1,
                1,
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void should_accept_the_limits_themselves_when_given() {
    assertThat(Task.binary("click").lossWeight(0).lossWeight()).isZero();
    assertThat(Task.binary("click").negativeKeepRate(1).negativeKeepRate()).isEqualTo(1);
  }

  @Test
  void should_keep_the_other_parts_when_one_is_changed() {
    Task all =
        new Task(
            "order",
            BinaryKind.INSTANCE,
            "bought",
            LabelSpace.given("click"),
            2,
            3,
            0.25,
            Optional.of("seen"),
            Optional.of(Residual.logit("click")));
    assertThat(all.label("bought")).isEqualTo(all);
    assertThat(all.given("click")).isEqualTo(all);
    assertThat(all.lossWeight(2)).isEqualTo(all);
    assertThat(all.positiveWeight(3)).isEqualTo(all);
    assertThat(all.negativeKeepRate(0.25)).isEqualTo(all);
    assertThat(all.mask("seen")).isEqualTo(all);
    assertThat(all.residual(Residual.logit("click"))).isEqualTo(all);

    assertThat(all.label("x").label()).isEqualTo("x");
    assertThat(all.given("x").space()).isEqualTo(new LabelSpace.Given("x"));
    assertThat(all.lossWeight(7).lossWeight()).isEqualTo(7);
    assertThat(all.positiveWeight(7).positiveWeight()).isEqualTo(7);
    assertThat(all.negativeKeepRate(0.5).negativeKeepRate()).isEqualTo(0.5);
    assertThat(all.mask("x").mask()).contains("x");
    assertThat(all.residualFrom("x").residual()).contains(Residual.both("x"));
  }

  @Test
  void should_take_over_what_its_factory_says_when_a_link_is_made() {
    assertThat(Residual.both("p")).isEqualTo(new Residual("p", true, Set.of(), true));
    assertThat(Residual.features("p")).isEqualTo(new Residual("p", true, Set.of(), false));
    assertThat(Residual.features("p", 3, 1))
        .isEqualTo(new Residual("p", false, Set.of(1, 3), false));
    assertThat(Residual.logit("p")).isEqualTo(new Residual("p", false, Set.of(), true));
    assertThat(Residual.none("p")).isEqualTo(new Residual("p", false, Set.of(), false));
    assertThat(Residual.features("p", 2).andLogit())
        .isEqualTo(new Residual("p", false, Set.of(2), true));
    assertThat(Residual.features("p", 3, 1).layers()).containsExactly(1, 3);
  }

  @Test
  void should_take_a_layer_when_all_or_that_one_are_asked_for() {
    assertThat(Residual.both("p").takesLayer(9)).isTrue();
    assertThat(Residual.features("p").takesLayer(1)).isTrue();
    assertThat(Residual.features("p", 1, 3).takesLayer(3)).isTrue();
    assertThat(Residual.features("p", 1, 3).takesLayer(2)).isFalse();
    assertThat(Residual.logit("p").takesLayer(1)).isFalse();
    assertThat(Residual.none("p").takesLayer(1)).isFalse();
  }
}
