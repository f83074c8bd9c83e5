package io.ranking4j.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.runtime.kernel.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanBuilderTest {
  @Test
  void should_refuse_a_step_that_nothing_uses() {
    PlanBuilder builder = new PlanBuilder(3);
    Value unused = builder.dense("unused", builder.input(), 2);
    builder.activate("unused", unused, Activation.RELU);
    builder.output("a", builder.dense("a", builder.input(), 1));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("what a step gives must be used, but value 2 of step 1 (Activate) is not");
  }

  @Test
  void should_refuse_a_dropout_as_an_output() {
    PlanBuilder builder = new PlanBuilder(3);
    builder.output("a", builder.dense("a", builder.input(), 1));
    builder.output("b", builder.dropout(builder.input(), 0.5));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an output must not be what a dropout gives, but that of task 'b' is");
  }

  @Test
  void should_refuse_a_plan_without_outputs() {
    assertThatThrownBy(() -> new PlanBuilder(3).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a plan needs at least one output");
  }

  @Test
  void should_refuse_what_does_not_fit() {
    PlanBuilder builder = new PlanBuilder(3);
    Value two = builder.dense("two", builder.input(), 2);

    assertThatThrownBy(() -> builder.add(two, builder.input()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("both sides must have one width, but have 2 and 3");
    assertThatThrownBy(() -> builder.columns(two, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns 1 to 3 of a value of width 2");
    assertThatThrownBy(() -> builder.dense("two", builder.input(), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter 'two.weights' is there already");
    assertThatThrownBy(() -> builder.dropout(two, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout must be in [0, 1), but was 1.0");
    assertThatThrownBy(() -> builder.dropout(two, Math.nextDown(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout must be in [0, 1), but was 0.9999999999999999");
    builder.output("a", two);
    assertThatThrownBy(() -> builder.output("a", two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("task 'a' has an output already");
  }

  @Test
  void should_give_the_value_itself_where_there_is_nothing_to_do() {
    PlanBuilder builder = new PlanBuilder(3);
    Value x = builder.input();

    assertThat(builder.dropout(x, 0)).isSameAs(x);
    assertThat(builder.dropout(x, Double.MIN_VALUE)).isSameAs(x);
    assertThat(builder.activate("x", x, Activation.NONE)).isSameAs(x);
    assertThat(builder.columns(x, 0, 3)).isSameAs(x);
    assertThat(builder.concat(List.of(x))).isSameAs(x);
  }
}
