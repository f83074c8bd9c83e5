package io.ranking4j.nn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.nn.gradient.PassOptions.ColumnRange;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.Step;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a batch gives does not depend on how its rows are divided. */
class BatchPassTest {
  private static final int ROWS = 101;
  private static final double TOLERANCE = 2e-4;

  private static List<Plan> plans() {
    return ArchitectureCases.structures().stream()
        .map(ArchitectureCases.Case::plan)
        .filter(plan -> plan.steps().stream().noneMatch(Step.Dropout.class::isInstance))
        .toList();
  }

  @Test
  void should_give_the_same_when_the_rows_are_divided() {
    for (GradientKernels kernels : TestKernels.all()) {
      int divided = 0;
      for (Plan plan : plans()) {
        Result alone = run(plan, kernels, PassOptions.of(plan));
        for (int count = 2; count <= 3; count++) {
          try (Workers workers = new Workers(count)) {
            PassOptions options = new PassOptions(workers, PassOptions.of(plan).inputGradients());
            Result together = run(plan, kernels, options);
            Result again = run(plan, kernels, options);

            String name = kernels.forward().name() + ", " + count + " workers";
            assertThat(together.parts).isEqualTo(PassOptions.divisible(plan) ? count : 1);
            Agreement.check(name, together.outputs, doubles(alone.outputs), TOLERANCE);
            Agreement.check(name, together.byParameters, doubles(alone.byParameters), TOLERANCE);
            Agreement.check(name, together.byInput, doubles(alone.byInput), TOLERANCE);
            assertThat(again.outputs).isEqualTo(together.outputs);
            assertThat(again.byParameters).isEqualTo(together.byParameters);
            assertThat(again.byInput).isEqualTo(together.byInput);
            divided += together.parts > 1 ? 1 : 0;
          }
        }
      }
      assertThat(divided).isPositive();
    }
  }

  @Test
  void should_give_the_gradient_of_the_columns_that_were_asked_for() {
    for (GradientKernels kernels : TestKernels.all()) {
      for (Plan plan : plans()) {
        Result all = run(plan, kernels, PassOptions.of(plan));
        List<ColumnRange> some = List.of(new ColumnRange(1, 2), new ColumnRange(5, 1));
        Result part = run(plan, kernels, new PassOptions(Workers.single(), some));
        Result none = run(plan, kernels, new PassOptions(Workers.single(), List.of()));

        Agreement.check("some", part.byParameters, doubles(all.byParameters), TOLERANCE);
        Agreement.check("none", none.byParameters, doubles(all.byParameters), TOLERANCE);
        for (int i = 0; i < all.byInput.length; i++) {
          int column = i % plan.input().width();
          if (column == 1 || column == 2 || column == 5) {
            assertThat((double) part.byInput[i])
                .isCloseTo(all.byInput[i], org.assertj.core.api.Assertions.within(TOLERANCE));
          }
        }
      }
    }
  }

  @Test
  void should_keep_a_few_sizes_only() {
    Plan plan = plans().get(0);
    GradientKernels kernels = TestKernels.all().get(0);
    try (Memory parameters = kernels.forward().allocate(plan.parameterCount());
        Memory gradients = kernels.forward().allocate(plan.parameterCount());
        TrainingPlan training = new TrainingPlan(plan, kernels, parameters, gradients, 1)) {
      BatchPass usual = training.batch(20);
      for (int rows = 2; rows < 12; rows++) {
        BatchPass other = training.batch(rows);
        assertThat(training.batch(20)).isSameAs(usual);
        assertThat(training.batch(rows)).isSameAs(other);
      }
    }
  }

  @Test
  void should_refuse_no_columns() {
    assertThatThrownBy(() -> new ColumnRange(2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no columns: from 2, count 0");
  }

  private record Result(int parts, float[] outputs, float[] byParameters, float[] byInput) {}

  private static Result run(Plan plan, GradientKernels kernels, PassOptions options) {
    Random random = new Random(3);
    int count = plan.parameterCount();
    try (Memory parameters = kernels.forward().allocate(count);
        Memory gradients = kernels.forward().allocate(count)) {
      parameters.write(0, RandomPlans.numbers(random, count), 0, count);
      try (TrainingPlan training =
          new TrainingPlan(plan, kernels, parameters, gradients, 1, options)) {
        BatchPass pass = training.batch(ROWS);
        float[] outputs = new float[ROWS * plan.outputWidth()];
        float[] input = RandomPlans.numbers(random, ROWS * plan.input().width());
        float[] outputGradient = RandomPlans.numbers(random, outputs.length);
        for (int run = 0; run < 2; run++) {
          pass.writeInput(input);
          pass.forward(outputs);
          pass.backward(outputGradient);
        }
        assertThat(pass.input()).isEqualTo(input);
        float[] byParameters = new float[count];
        gradients.read(0, byParameters, 0, count);
        return new Result(pass.parts(), outputs, byParameters, pass.inputGradient());
      }
    }
  }

  private static double[] doubles(float[] numbers) {
    return RandomPlans.doubles(numbers);
  }
}
