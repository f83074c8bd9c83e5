package io.ranking4j.nn.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.nn.architecture.Dcmt;
import io.ranking4j.nn.architecture.Escm2;
import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.loss.DcmtOptions;
import io.ranking4j.nn.loss.Escm2Options;
import io.ranking4j.nn.loss.LossBatch;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a method stops a gradient, that of whole networks is exactly zero behind it. */
class StoppedGradientTest {
  private static final int ROWS = 20;
  private static final TaskGraph TASKS =
      TaskGraph.of(
          Task.binary("click").lossWeight(0),
          Task.binary("order").residual(Residual.none("click")));
  private static final TaskGraph LINKED =
      TaskGraph.of(Task.binary("click").lossWeight(0), Task.binary("order").residualFrom("click"));

  @Test
  void should_not_train_the_parent_through_its_propensity() {
    Escm2Options risk = Escm2Options.defaults().weights(1, 0);
    for (Architecture architecture :
        List.of(
            Escm2.ipw(5, 4).options(risk),
            Escm2.dr(5).options(risk),
            Escm2.dr(5).options(risk.together()),
            Dcmt.of(5).options(DcmtOptions.defaults().weights(1, 0)))) {
      for (GradientKernels kernels : TestKernels.all()) {
        check(architecture, kernels);
      }
    }
  }

  /** Every name but those above, and those that cannot be built over a nameless input. */
  @Test
  void should_train_the_parent_through_its_child_where_methods_link_them() {
    Set<String> elsewhere = Set.of("escm2-ipw", "escm2-dr", "dcmt", "single-task", "domain-towers");
    Set<String> linked = Set.of("resflow", "esmm-resflow", "esmm", "aitm");
    for (String name : Architectures.names()) {
      if (elsewhere.contains(name)) {
        continue;
      }
      Architecture architecture = Architectures.of(name, 5, 4);
      Plan plan = architecture.plan(6, LINKED);
      float[] gradient = gradient(architecture, LINKED, plan, TestKernels.all().get(0));
      for (Parameter parameter : plan.parameters()) {
        if (parameter.name().startsWith("tower.click")) {
          assertThat(most(gradient, parameter) > 0)
              .as("%s, %s", name, parameter.name())
              .isEqualTo(linked.contains(name));
        }
      }
    }
  }

  private static void check(Architecture architecture, GradientKernels kernels) {
    Plan plan = architecture.plan(6, TASKS);
    float[] gradient = gradient(architecture, TASKS, plan, kernels);
    for (Parameter parameter : plan.parameters()) {
      float most = most(gradient, parameter);
      String what = architecture.name() + ", " + parameter.name() + ", " + kernels.forward().name();
      if (parameter.name().contains("click")) {
        assertThat(most).as(what).isZero();
      } else {
        assertThat(most).as(what).isPositive();
      }
    }
  }

  private static float most(float[] gradient, Parameter parameter) {
    float most = 0;
    for (int i = 0; i < parameter.size(); i++) {
      most = Math.max(most, Math.abs(gradient[parameter.offset() + i]));
    }
    return most;
  }

  private static float[] gradient(
      Architecture architecture, TaskGraph tasks, Plan plan, GradientKernels kernels) {
    Random random = new Random(9);
    float[] numbers = RandomPlans.numbers(random, plan.parameterCount());
    int width = plan.outputWidth();
    float[] labels = new float[ROWS * 2];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(2);
    }
    float[] weights = new float[ROWS * 2];
    Arrays.fill(weights, 1);
    LossBatch batch =
        new LossBatch(ROWS, new float[ROWS * width], labels, weights, new float[ROWS * width]);
    try (Memory parameters = kernels.forward().allocate(numbers.length);
        Memory gradients = kernels.forward().allocate(numbers.length);
        TrainingPlan training = new TrainingPlan(plan, kernels, parameters, gradients, 1)) {
      parameters.write(0, numbers, 0, numbers.length);
      BatchPass pass = training.batch(ROWS);
      pass.writeInput(RandomPlans.numbers(random, ROWS * 6));
      pass.forward(batch.outputs());
      architecture.loss(tasks).compute(batch, new float[0], new float[0]);
      pass.backward(batch.gradient());
      float[] gradient = new float[numbers.length];
      gradients.read(0, gradient, 0, gradient.length);
      return gradient;
    }
  }
}
