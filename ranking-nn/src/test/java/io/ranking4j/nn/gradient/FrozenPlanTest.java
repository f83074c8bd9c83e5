package io.ranking4j.nn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.plan.FrozenPlan;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.PlanCodec;
import io.ranking4j.runtime.plan.Value;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The frozen plan gives what its steps say, whatever was fused, folded or laid side by side. */
class FrozenPlanTest {
  private static final int PLANS = 100;
  private static final double TOLERANCE = 2e-5;

  @Test
  void should_agree_with_the_steps_when_a_plan_is_random() {
    for (long seed = 0; seed < PLANS; seed++) {
      check("random plan of seed " + seed, RandomPlans.of(seed), seed);
    }
  }

  @ParameterizedTest
  @MethodSource("io.ranking4j.nn.gradient.ArchitectureCases#all")
  void should_agree_with_the_steps_when_it_is_an_architecture(ArchitectureCases.Case architecture) {
    check(architecture.name(), architecture.plan(), 7);
  }

  @Test
  void should_join_prelu_norm_and_residual_to_a_product() {
    PlanBuilder builder = new PlanBuilder(4);
    Value first = builder.dense("first", builder.input(), 3);
    Value x = builder.dense("x", builder.input(), 3);
    x = builder.activate("x", x, Activation.PRELU);
    x = builder.batchNorm("x.norm", x);
    x = builder.dropout(x, 0.5);
    Value sum = builder.add(x, first);
    builder.output("sum", sum);
    builder.output("again", sum);
    builder.output("input", builder.input());
    builder.output("head", builder.dense("head", sum, 1));
    check("residual tower", builder.build(), 3);
  }

  @Test
  void should_use_a_value_twice_when_both_sides_are_the_same() {
    PlanBuilder builder = new PlanBuilder(3);
    Value x = builder.dense("x", builder.input(), 3);
    Value twice = builder.add(builder.dropout(x, 0.5), x);
    Value square = builder.multiply(twice, twice);
    Value joined = builder.concat(java.util.List.of(square, square, builder.input(), twice));
    builder.output("a", builder.columns(joined, 2, 5));
    builder.output("b", square);
    builder.output("c", builder.logitOfProduct(twice, twice));
    check("the same twice", builder.build(), 5);
  }

  @Test
  void should_refuse_arrays_of_other_lengths() {
    PlanBuilder builder = new PlanBuilder(2);
    builder.output("a", builder.batchNorm("norm", builder.input()));
    Plan plan = builder.build();

    assertThatThrownBy(() -> new FrozenPlan(plan, new float[3], new float[4], new JavaKernels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the plan has 4 parameters, but was given 3");
    assertThatThrownBy(() -> new FrozenPlan(plan, new float[4], new float[5], new JavaKernels()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the plan has 4 states, but was given 5");
  }

  private static void check(String what, Plan written, long seed) {
    Plan plan = PlanCodec.read(PlanCodec.write(written));
    Random random = new Random(seed);
    float[] parameters = RandomPlans.numbers(random, plan.parameterCount());
    float[] states = RandomPlans.numbers(random, plan.stateCount());
    for (int i = 0; i < states.length; i++) {
      states[i] = states[i] * states[i] + 0.2f;
    }
    for (int rows : new int[] {1, 5, 17}) {
      float[] input = RandomPlans.numbers(random, rows * plan.input().width());
      double[] expected =
          PlanInterpreter.serving(plan, rows, RandomPlans.doubles(states))
              .run(RandomPlans.doubles(input), RandomPlans.doubles(parameters));
      for (GradientKernels kernels : TestKernels.all()) {
        String name = what + ", " + rows + " rows, " + kernels.forward().name();
        try (FrozenPlan frozen = new FrozenPlan(plan, parameters, states, kernels.forward());
            FrozenPlan.Execution execution = frozen.execution(rows)) {
          for (int run = 0; run < 2; run++) {
            execution.input().write(input);
            execution.run();
            Agreement.check(name, execution.outputs().toArray(), expected, TOLERANCE);
          }
          assertThat(execution.rows()).isEqualTo(rows);
        }
      }
    }
  }
}
