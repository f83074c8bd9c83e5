package io.ranking4j.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.runtime.kernel.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuserTest {
  @Test
  void should_join_a_whole_layer_with_its_residual() {
    PlanBuilder builder = new PlanBuilder(4);
    Value parent = layer(builder, "parent", builder.input());
    Value child = builder.add(layer(builder, "child", builder.input()), parent);
    builder.output("a", builder.dense("a", parent, 1));
    builder.output("b", builder.dense("b", child, 1));

    List<Object> operations = Fuser.fuse(builder.build()).operations();

    assertThat(operations).hasSize(4).allMatch(FusedStep.class::isInstance);
    FusedStep joined = (FusedStep) operations.get(1);
    assertThat(joined.product()).isNotNull();
    assertThat(joined.activation()).isNotNull();
    assertThat(joined.norm()).isNotNull();
    assertThat(joined.residual()).isNotNull();
    assertThat(joined.output()).isEqualTo(child);
  }

  @Test
  void should_stop_where_somebody_else_needs_what_is_between() {
    PlanBuilder builder = new PlanBuilder(4);
    Value product = builder.dense("x", builder.input(), 3);
    Value active = builder.activate("x", product, Activation.RELU);
    builder.output("a", active);
    builder.output("b", product);

    assertThat(Fuser.fuse(builder.build()).operations()).hasSize(2);
  }

  @Test
  void should_not_take_a_residual_that_comes_later() {
    PlanBuilder builder = new PlanBuilder(4);
    Value first = builder.dense("first", builder.input(), 3);
    Value second = builder.activate("x", builder.input(), Activation.TANH);
    Value third = builder.dense("third", second, 3);
    builder.output("a", builder.add(first, builder.activate("y", third, Activation.TANH)));

    List<Object> operations = Fuser.fuse(builder.build()).operations();

    assertThat(operations).hasSize(3);
    assertThat(((FusedStep) operations.get(0)).residual()).isNull();
    assertThat(((FusedStep) operations.get(2)).residual()).isEqualTo(first);
  }

  private static Value layer(PlanBuilder builder, String name, Value x) {
    Value y = builder.activate(name, builder.dense(name, x, 3), Activation.PRELU);
    return builder.dropout(builder.batchNorm(name + ".norm", y), 0.5);
  }
}
