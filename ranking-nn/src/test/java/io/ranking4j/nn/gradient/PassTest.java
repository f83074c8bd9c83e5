package io.ranking4j.nn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.runtime.kernel.JavaKernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Step;
import io.ranking4j.runtime.plan.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Outputs and gradients of a plan in training are those of its steps in double precision: the
 * gradients by central differences.
 */
class PassTest {
  private static final int PLANS = 40;
  private static final int ROWS = 9;
  private static final double STEP = 1e-6;
  private static final double FORWARD_TOLERANCE = 1e-4;
  private static final double GRADIENT_TOLERANCE = 5e-4;

  @Test
  void should_give_numeric_gradients_when_a_plan_is_random() {
    for (long seed = 0; seed < PLANS; seed++) {
      check("random plan of seed " + seed, RandomPlans.of(seed), seed);
    }
  }

  @ParameterizedTest
  @MethodSource("io.ranking4j.nn.gradient.ArchitectureCases#all")
  void should_give_numeric_gradients_when_it_is_an_architecture(
      ArchitectureCases.Case architecture) {
    check(architecture.name(), architecture.plan(), 11);
  }

  @Test
  void should_use_one_mask_in_both_directions_and_another_one_next_time() {
    PlanBuilder builder = new PlanBuilder(50);
    Value dropped = builder.dropout(builder.input(), 0.25);
    builder.output("a", builder.concat(List.of(dropped, builder.input())));
    Plan plan = builder.build();
    for (GradientKernels kernels : TestKernels.all()) {
      try (Run run = new Run(plan, kernels, new float[0], 5)) {
        Pass pass = run.training.pass(40);
        float[] ones = new float[40 * 50];
        java.util.Arrays.fill(ones, 1f);
        pass.input().write(ones);
        pass.forward();
        float[] mask = columns(pass.outputs(), 0, 50);
        float[] both = new float[40 * 100];
        java.util.Arrays.fill(both, 1f);
        pass.outputGradient().write(both);
        pass.backward();

        float[] gradient = pass.inputGradient().toArray();
        int zeros = 0;
        for (int i = 0; i < mask.length; i++) {
          assertThat(gradient[i]).isEqualTo(mask[i] + 1);
          assertThat(mask[i]).isIn(0f, 4 / 3f);
          zeros += mask[i] == 0 ? 1 : 0;
        }
        assertThat(zeros).isBetween(430, 570);
        pass.forward();
        assertThat(columns(pass.outputs(), 0, 50)).isNotEqualTo(mask);
      }
    }
  }

  @Test
  void should_move_the_running_statistics_and_keep_them_between_sizes() {
    PlanBuilder builder = new PlanBuilder(1);
    builder.output("a", builder.batchNorm("norm", builder.input()));
    Plan plan = builder.build();
    for (GradientKernels kernels : TestKernels.all()) {
      try (Run run = new Run(plan, kernels, new float[] {1, 0}, 5)) {
        assertThat(run.training.states()).containsExactly(0, 1);
        run.training.pass(2).input().write(new float[] {1, 3});
        run.training.pass(2).forward();
        assertThat(run.training.states()[0]).isCloseTo(0.2f, within(1e-6f));
        assertThat(run.training.states()[1]).isCloseTo(1.1f, within(1e-6f));
        run.training.pass(3).input().write(new float[] {1, 1, 1});
        run.training.pass(3).forward();
        assertThat(run.training.states()[0]).isCloseTo(0.28f, within(1e-6f));
        assertThat(run.training.pass(2)).isSameAs(run.training.pass(2));
      }
    }
  }

  private static float[] columns(Matrix matrix, int from, int count) {
    return matrix.columns(from, count).toArray();
  }

  private static void check(String what, Plan plan, long seed) {
    Random random = new Random(seed);
    float[] parameters = RandomPlans.numbers(random, plan.parameterCount());
    float[] input = RandomPlans.numbers(random, ROWS * plan.input().width());
    float[] outputGradient = RandomPlans.numbers(random, ROWS * plan.outputWidth());
    PlanInterpreter interpreter = PlanInterpreter.training(plan, ROWS, masks(plan, seed));
    double[] x = RandomPlans.doubles(input);
    double[] p = RandomPlans.doubles(parameters);
    double[] d = RandomPlans.doubles(outputGradient);
    double[] outputs = interpreter.run(x, p);
    double[] byParameters = numeric(at -> dot(interpreter.run(x, at), d), p);
    double[] byInput = numeric(at -> dot(interpreter.run(at, p), d), x);
    for (GradientKernels kernels : TestKernels.all()) {
      String name = what + ", " + kernels.forward().name();
      try (Run run = new Run(plan, kernels, parameters, seed)) {
        Pass pass = run.training.pass(ROWS);
        boolean masked = plan.steps().stream().anyMatch(Step.Dropout.class::isInstance);
        // A second run shows whether gradients are replaced; masks would be new ones there.
        for (int again = 0; again < (masked ? 1 : 2); again++) {
          pass.input().write(input);
          pass.forward();
          Agreement.check(name + ": outputs", pass.outputs().toArray(), outputs, FORWARD_TOLERANCE);
          pass.outputGradient().write(outputGradient);
          pass.backward();
          Agreement.check(
              name + ": by parameters", run.gradient(), byParameters, GRADIENT_TOLERANCE);
          Agreement.check(
              name + ": by input", pass.inputGradient().toArray(), byInput, GRADIENT_TOLERANCE);
        }
      }
    }
  }

  /** The masks that a training plan of that seed draws in its first forward run. */
  private static List<double[]> masks(Plan plan, long seed) {
    DropoutMasks masks = new DropoutMasks(seed);
    List<double[]> drawn = new ArrayList<>();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Dropout dropout) {
        int width = dropout.input().width();
        Matrix mask = Matrix.of(new JavaKernels().allocate(ROWS * width), 0, ROWS, width);
        masks.draw(dropout.rate(), mask);
        drawn.add(RandomPlans.doubles(mask.toArray()));
      }
    }
    return drawn;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] numeric(ToDoubleFunction<double[]> function, double[] at) {
    double[] gradient = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double value = at[i];
      at[i] = value + STEP;
      double above = function.applyAsDouble(at);
      at[i] = value - STEP;
      double below = function.applyAsDouble(at);
      at[i] = value;
      gradient[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  /** A training plan with memory for parameters and gradients, which starts out dirty. */
  private static final class Run implements AutoCloseable {
    final TrainingPlan training;
    private final Memory parameters;
    private final Memory gradients;
    private final int count;

    Run(Plan plan, GradientKernels kernels, float[] values, long seed) {
      count = plan.parameterCount();
      parameters = kernels.forward().allocate(Math.max(1, count));
      gradients = kernels.forward().allocate(Math.max(1, count));
      parameters.write(0, values, 0, count);
      float[] dirt = new float[count];
      java.util.Arrays.fill(dirt, 100f);
      gradients.write(0, dirt, 0, count);
      training = new TrainingPlan(plan, kernels, parameters, gradients, seed);
    }

    float[] gradient() {
      float[] copy = new float[count];
      gradients.read(0, copy, 0, count);
      return copy;
    }

    @Override
    public void close() {
      training.close();
      parameters.close();
      gradients.close();
    }
  }
}
