package io.ranking4j.nn.gradient;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.Layout;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import java.util.HashMap;
import java.util.Map;

/**
 * A plan with the memory of its parameters, gradients and running statistics, ready to be run
 * forward and backward for any number of rows. The parameters and gradients belong to somebody else
 * (the DL4J graph); the statistics are its own. Used by one thread at a time.
 */
public final class TrainingPlan implements AutoCloseable {
  private final Plan plan;
  private final GradientKernels kernels;
  private final Memory parameters;
  private final Memory gradients;
  private final Memory states;
  private final Layout layout;
  private final DropoutMasks masks;
  private final Map<Integer, Pass> passes = new HashMap<>();

  /**
   * Makes one.
   *
   * @param plan the plan
   * @param kernels what it runs with
   * @param parameters the plan's parameters, and nothing of them is written
   * @param gradients receives their gradients at each backward run
   * @param seed of the dropout masks
   */
  public TrainingPlan(
      Plan plan, GradientKernels kernels, Memory parameters, Memory gradients, long seed) {
    this.plan = plan;
    this.kernels = kernels;
    this.parameters = parameters;
    this.gradients = gradients;
    this.layout = Layout.of(plan, plan.steps());
    this.masks = new DropoutMasks(seed);
    this.states = kernels.forward().allocate(Math.max(1, plan.stateCount()));
    states(plan.initialStates());
  }

  /** The plan for so many rows; made at the first call and kept. */
  public Pass pass(int rows) {
    return passes.computeIfAbsent(rows, r -> new Pass(this, r));
  }

  /** The running statistics: a copy. */
  public float[] states() {
    float[] copy = new float[plan.stateCount()];
    states.read(0, copy, 0, copy.length);
    return copy;
  }

  /** Sets the running statistics. */
  public void states(float[] values) {
    states.write(0, values, 0, values.length);
  }

  /** The plan. */
  public Plan plan() {
    return plan;
  }

  GradientKernels kernels() {
    return kernels;
  }

  Layout layout() {
    return layout;
  }

  DropoutMasks masks() {
    return masks;
  }

  Matrix parameter(Parameter parameter) {
    return Matrix.of(parameters, parameter.offset(), parameter.rows(), parameter.columns());
  }

  Matrix gradient(Parameter parameter) {
    return Matrix.of(gradients, parameter.offset(), parameter.rows(), parameter.columns());
  }

  Matrix state(int offset, int width) {
    return Matrix.of(states, offset, 1, width);
  }

  /** Frees the statistics and what the passes hold. */
  @Override
  public void close() {
    passes.values().forEach(Pass::close);
    passes.clear();
    states.close();
  }
}
