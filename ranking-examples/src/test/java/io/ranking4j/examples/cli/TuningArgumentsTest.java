package io.ranking4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.fusion.search.Constraint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TuningArgumentsTest {
  @Test
  void should_read_weights_with_and_without_bounds() {
    TuningArguments.Weights weights =
        TuningArguments.weights(List.of("click=1", "save=2:3:5"), true);
    assertThat(weights.current()).isEqualTo(Map.of("click", 1.0, "save", 3.0));
    assertThat(weights.space().lower()).containsExactly(0, 2);
    assertThat(weights.space().upper()).containsExactly(4, 5);
    assertThat(weights.space().total()).hasValue(4);
    TuningArguments.Weights free = TuningArguments.weights(List.of("a=-.2", "b=0"), false);
    assertThat(free.space().lower()).containsExactly(-.4, 0);
    assertThat(free.space().upper()).containsExactly(.4, 1);
    assertThat(free.space().total()).isEmpty();
  }

  @Test
  void should_read_constraints() {
    assertThat(TuningArguments.constraint("click.auc>=0.99*baseline"))
        .isEqualTo(Constraint.atLeastOfBaseline("click.auc", .99));
    assertThat(TuningArguments.constraint("hides <= 0.01"))
        .isEqualTo(Constraint.atMost("hides", .01));
    assertThat(TuningArguments.constraint("a<=2 * baseline"))
        .isEqualTo(Constraint.atMostOfBaseline("a", 2));
  }

  @Test
  void should_say_what_is_wrong() {
    for (String wrong : List.of("click", "click=1:2", "=3", "click=x")) {
      assertThatThrownBy(() -> TuningArguments.weights(List.of(wrong), true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + wrong + "'");
    }
    assertThatThrownBy(() -> TuningArguments.weights(List.of("a=1", "a=2"), true))
        .hasMessage("weight 'a' is given twice");
    assertThatThrownBy(() -> TuningArguments.constraint("clicks=3"))
        .hasMessageContaining("METRIC>=NUMBER");
  }
}
