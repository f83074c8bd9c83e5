package io.ranking4j.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.nn.gradient.Pass;
import io.ranking4j.nn.gradient.TrainingPlan;
import io.ranking4j.nn.kernel.nd4j.Nd4jKernels;
import io.ranking4j.nn.kernel.nd4j.StagedKernels;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import io.ranking4j.runtime.plan.FrozenPlan;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan with every kind of step gives the same on all kernels, in training and in serving. */
class KernelsAgreeOnPlansTest {
  private static final int WIDTH = 21;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final GradientKernels java = new JavaGradientKernels();

  static List<Kernels> kernels() {
    return List.of(DnnlKernels.create(1), Nd4jKernels.create(), StagedKernels.create());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void should_agree_in_training_and_in_serving(Kernels forward) {
    GradientKernels kernels = GradientKernels.of(forward);
    Plan plan = plan();
    float[] parameters = floats(plan.parameterCount(), 0.3f);
    for (int rows : new int[] {5, 33, 100}) {
      float[] input = floats(rows * WIDTH, 1);
      float[] outputGradient = floats(rows * plan.outputWidth(), 1);
      Trained expected = train(java, plan, parameters, rows, input, outputGradient);
      Trained actual = train(kernels, plan, parameters, rows, input, outputGradient);

      check("outputs", rows, actual.outputs, expected.outputs);
      check("gradients", rows, actual.gradients, expected.gradients);
      check("input gradient", rows, actual.inputGradient, expected.inputGradient);
      check("states", rows, actual.states, expected.states);
      check(
          "served outputs",
          rows,
          serve(kernels, plan, parameters, expected.states, rows, input),
          serve(java, plan, parameters, expected.states, rows, input));
    }
  }

  private static Plan plan() {
    PlanBuilder builder = new PlanBuilder(WIDTH);
    Value left = builder.columns(builder.input(), 0, 12);
    Value right = builder.columns(builder.input(), 5, 16);
    Value first = tower(builder, "first", left, Activation.RELU);
    Value second = tower(builder, "second", right, Activation.PRELU);
    Value both = builder.concat(List.of(first, second, left));
    Value gate = builder.activate("gate", builder.dense("gate", both, 17), Activation.SIGMOID);
    Value soft = builder.activate("soft", builder.dense("soft", both, 17), Activation.SOFTPLUS);
    Value mixed = builder.add(builder.multiply(gate, first), builder.multiply(soft, second));
    Value dropped = builder.dropout(builder.add(mixed, first), 0.2);
    Value click = builder.dense("click", dropped, 1);
    Value conversion = builder.dense("conversion", mixed, 1);
    builder.output("click", click);
    builder.output("both", builder.logitOfProduct(click, conversion));
    return builder.build();
  }

  private static Value tower(PlanBuilder builder, String name, Value x, Activation activation) {
    Value hidden = builder.activate(name, builder.dense(name + "1", x, 17), activation);
    Value normalised = builder.batchNorm(name + "norm", hidden);
    Value next = builder.dense(name + "2", normalised, 17);
    return builder.add(builder.activate(name + "tanh", next, Activation.TANH), hidden);
  }

  private record Trained(
      List<Float> outputs, List<Float> gradients, List<Float> inputGradient, List<Float> states) {}

  private static Trained train(
      GradientKernels kernels,
      Plan plan,
      float[] parameters,
      int rows,
      float[] input,
      float[] outputGradient) {
    float[] gradients = new float[parameters.length];
    try (FloatPointer pointer = new FloatPointer(parameters);
        FloatPointer gradientPointer = new FloatPointer(gradients);
        Memory wrapped = kernels.wrap(pointer);
        Memory wrappedGradients = kernels.wrap(gradientPointer);
        TrainingPlan training = new TrainingPlan(plan, kernels, wrapped, wrappedGradients, 5)) {
      Pass pass = training.pass(rows);
      pass.input().write(input);
      pass.forward();
      pass.outputGradient().write(outputGradient);
      pass.backward();
      wrappedGradients.read(0, gradients, 0, gradients.length);
      return new Trained(
          list(pass.outputs().toArray()),
          list(gradients),
          list(pass.inputGradient().toArray()),
          list(training.states()));
    }
  }

  private static List<Float> serve(
      GradientKernels kernels,
      Plan plan,
      float[] parameters,
      List<Float> states,
      int rows,
      float[] input) {
    float[] copy = new float[states.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = states.get(i);
    }
    try (FrozenPlan frozen = new FrozenPlan(plan, parameters, copy, kernels.forward());
        FrozenPlan.Execution execution = frozen.execution(rows)) {
      execution.input().write(input);
      execution.run();
      return list(execution.outputs().toArray());
    }
  }

  private void check(String what, int rows, List<Float> actual, List<Float> expected) {
    double largest = expected.stream().mapToDouble(Math::abs).max().orElse(0);
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat((double) actual.get(i))
          .as("%s at %d, %d rows, seed %d", what, i, rows, seed)
          .isCloseTo(expected.get(i), within(2e-4 * (0.1 + largest)));
    }
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  private float[] floats(int count, float deviation) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) (deviation * random.nextGaussian());
    }
    return floats;
  }
}
