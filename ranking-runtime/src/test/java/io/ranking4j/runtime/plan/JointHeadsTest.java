package io.ranking4j.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.runtime.kernel.Activation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JointHeadsTest {
  @Test
  void should_make_one_product_of_heads_and_residuals_between_logits() {
    PlanBuilder builder = new PlanBuilder(2);
    Value a = builder.activate("a", builder.dense("a", builder.input(), 3), Activation.RELU);
    Value b = builder.activate("b", builder.dense("b", builder.input(), 2), Activation.RELU);
    Value click = builder.dense("click", a, 1);
    Value order = builder.add(builder.dense("order", b, 1), click);
    builder.output("click", click);
    builder.output("order", order);
    Plan plan = builder.build();
    float[] parameters = new float[plan.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i + 1;
    }

    JointHeads.Joined joined = JointHeads.join(plan, parameters).orElseThrow();

    List<Step> steps = joined.plan().steps();
    assertThat(steps.get(steps.size() - 2)).isInstanceOf(Step.Concat.class);
    Step.Dense heads = (Step.Dense) steps.get(steps.size() - 1);
    assertThat(steps).filteredOn(Step.Dense.class::isInstance).hasSize(3);
    assertThat(steps).noneMatch(Step.Add.class::isInstance);
    assertThat(joined.plan().outputWidth()).isEqualTo(2);
    float[] w = numbers(joined, heads.weights());
    float[] ofClick = numbers(plan, parameters, "click.weights");
    float[] ofOrder = numbers(plan, parameters, "order.weights");
    assertThat(w)
        .containsExactly(
            ofClick[0],
            ofClick[0],
            ofClick[1],
            ofClick[1],
            ofClick[2],
            ofClick[2], // from a
            0,
            ofOrder[0],
            0,
            ofOrder[1]); // from b
    float clickBias = numbers(plan, parameters, "click.bias")[0];
    float orderBias = numbers(plan, parameters, "order.bias")[0];
    assertThat(numbers(joined, Optional.ofNullable(heads.bias()).orElseThrow()))
        .containsExactly(clickBias, clickBias + orderBias);
  }

  @Test
  void should_leave_heads_alone_that_are_no_sums_of_products() {
    PlanBuilder builder = new PlanBuilder(2);
    Value logit = builder.dense("click", builder.input(), 1);
    builder.output("click", logit);
    builder.output("order", builder.logitOfProduct(logit, builder.dense("x", builder.input(), 1)));
    Plan plan = builder.build();

    assertThat(JointHeads.join(plan, new float[plan.parameterCount()])).isEmpty();
  }

  @Test
  void should_leave_heads_alone_where_one_product_would_be_mostly_zeros() {
    PlanBuilder builder = new PlanBuilder(2);
    for (int t = 0; t < 40; t++) {
      Value z =
          builder.activate("z" + t, builder.dense("z" + t, builder.input(), 8), Activation.RELU);
      builder.output("task" + t, builder.dense("head" + t, z, 1));
    }
    Plan plan = builder.build();

    assertThat(JointHeads.join(plan, new float[plan.parameterCount()])).isEmpty();
  }

  private static float[] numbers(JointHeads.Joined joined, Parameter parameter) {
    return numbers(joined.parameters(), parameter);
  }

  private static float[] numbers(Plan plan, float[] parameters, String name) {
    return numbers(
        parameters,
        plan.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow());
  }

  private static float[] numbers(float[] parameters, Parameter parameter) {
    return java.util.Arrays.copyOfRange(
        parameters, parameter.offset(), parameter.offset() + parameter.size());
  }
}
