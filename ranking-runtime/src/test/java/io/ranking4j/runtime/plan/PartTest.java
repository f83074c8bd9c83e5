package io.ranking4j.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.JavaKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartTest {
  private static final int ROWS = 6;

  /** A tower for each output, the second one through everything that has numbers of its own. */
  private static Plan towers() {
    PlanBuilder builder = new PlanBuilder(3);
    for (String name : List.of("a", "loss", "b")) {
      Value x = builder.dense(name + ".1", builder.input(), 4);
      x = builder.batchNorm(name + ".norm", builder.activate(name, x, Activation.PRELU));
      builder.output(name, builder.dense(name + ".head", x, name.length()));
    }
    return builder.build();
  }

  @Test
  void should_give_the_same_numbers_without_what_is_not_needed() {
    Plan plan = towers();
    float[] parameters = numbers(1, plan.parameterCount());
    float[] states = numbers(2, plan.stateCount());
    for (int i = 0; i < states.length; i++) {
      states[i] = Math.abs(states[i]) + 0.1f;
    }

    Part part = Part.of(plan, List.of("b", "a"));

    assertThat(List.copyOf(part.plan().outputs().keySet())).containsExactly("b", "a");
    assertThat(part.plan().parameters())
        .extracting(Parameter::name)
        .noneMatch(name -> name.startsWith("loss"));
    assertThat(part.plan().stateCount()).isEqualTo(16);
    float[] input = numbers(3, ROWS * 3);
    float[] whole = run(plan, parameters, states, input);
    float[] some = run(part.plan(), part.parameters(parameters), part.states(states), input);
    for (int r = 0; r < ROWS; r++) {
      assertThat(some[2 * r]).isEqualTo(whole[6 * r + 5]);
      assertThat(some[2 * r + 1]).isEqualTo(whole[6 * r]);
    }
    Plan read = PlanCodec.read(PlanCodec.write(part.plan()));
    assertThat(read.steps()).isEqualTo(part.plan().steps());
    assertThat(read.parameters()).isEqualTo(part.plan().parameters());
  }

  @Test
  void should_be_the_plan_itself_when_all_of_it_is_wanted() {
    Plan plan = towers();
    float[] parameters = new float[plan.parameterCount()];

    Part part = Part.of(plan, List.of("a", "loss", "b"));

    assertThat(part.plan()).isSameAs(plan);
    assertThat(part.parameters(parameters)).isSameAs(parameters);
  }

  @Test
  void should_list_the_outputs_when_one_is_not_there() {
    assertThatThrownBy(() -> Part.of(towers(), List.of("c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the plan has outputs [a, loss, b], but not 'c'");
  }

  @Test
  void should_be_the_same_plan_when_it_is_put_into_another_one() {
    Plan plan = towers();
    PlanBuilder builder = new PlanBuilder(5);
    Value before = builder.batchNorm("norm", builder.input());
    Map<String, Value> given = builder.append("in.", plan, builder.columns(before, 1, 3));
    given.forEach(builder::output);
    Plan outer = builder.build();

    assertThat(outer.parameterCount()).isEqualTo(plan.parameterCount() + 10);
    assertThat(outer.parameters().get(2).name()).isEqualTo("in.a.1.weights");
    float[] parameters = numbers(1, outer.parameterCount());
    Arrays.fill(parameters, 0, 5, (float) Math.sqrt(1 + PlanBuilder.DEFAULT_EPSILON));
    Arrays.fill(parameters, 5, 10, 0);
    float[] states = outer.initialStates();
    float[] input = numbers(3, ROWS * 5);
    float[] inner = new float[ROWS * 3];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = input[i / 3 * 5 + 1 + i % 3];
    }
    float[] expected =
        run(
            plan,
            Arrays.copyOfRange(parameters, 10, parameters.length),
            plan.initialStates(),
            inner);
    float[] actual = run(outer, parameters, states, input);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], org.assertj.core.api.Assertions.within(1e-5f));
    }
  }

  private static float[] run(Plan plan, float[] parameters, float[] states, float[] input) {
    try (FrozenPlan frozen = new FrozenPlan(plan, parameters, states, new JavaKernels());
        FrozenPlan.Execution execution = frozen.execution(ROWS)) {
      execution.input().write(input);
      execution.run();
      return execution.outputs().toArray();
    }
  }

  private static float[] numbers(long seed, int count) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
