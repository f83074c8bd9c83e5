package io.ranking4j.nn.gradient;

import io.ranking4j.nn.kernel.GradientKernels;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.Layout;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A plan with the memory of its parameters, gradients and running statistics, ready to be run
 * forward and backward for any number of rows. The parameters and gradients belong to somebody else
 * (the DL4J graph); the statistics are its own. Used by one thread at a time.
 */
public final class TrainingPlan implements Stateful, AutoCloseable {
  /** The sizes of batch that are kept ready: the usual one, the last of an epoch, and spares. */
  static final int KEPT_SIZES = 4;

  private final Plan plan;
  private final GradientKernels kernels;
  private final Memory parameters;
  private final Memory states;
  private final Layout layout;
  private final PassOptions options;
  private final int parts;
  private final List<Memory> partGradients = new ArrayList<>();
  private final List<DropoutMasks> partMasks = new ArrayList<>();
  private final InputStage.@Nullable Opened stage;
  private final Map<Size, BatchPass> passes = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * What is kept.
   *
   * @param rows of the batch
   * @param staged whether the stage computes its first products
   */
  private record Size(int rows, boolean staged) {}

  /** Makes one that runs on the calling thread and gives the gradient of the whole input. */
  public TrainingPlan(
      Plan plan, GradientKernels kernels, Memory parameters, Memory gradients, long seed) {
    this(plan, kernels, parameters, gradients, seed, PassOptions.of(plan));
  }

  /**
   * Makes one.
   *
   * @param plan the plan
   * @param kernels what it runs with
   * @param parameters the plan's parameters, and nothing of them is written
   * @param gradients receives their gradients at each backward run
   * @param seed of the dropout masks
   * @param options how it is run
   */
  public TrainingPlan(
      Plan plan,
      GradientKernels kernels,
      Memory parameters,
      Memory gradients,
      long seed,
      PassOptions options) {
    this.plan = plan;
    this.kernels = kernels;
    this.parameters = parameters;
    this.options = options;
    this.layout = Layout.of(plan, plan.steps());
    this.parts = PassOptions.divisible(plan) ? options.workers().count() : 1;
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int part = 0; part < parts; part++) {
      partGradients.add(
          part == 0 ? gradients : kernels.forward().allocate(Math.max(1, plan.parameterCount())));
      partMasks.add(new DropoutMasks(part == 0 ? seed : seeds.nextLong()));
    }
    this.states = kernels.forward().allocate(Math.max(1, plan.stateCount()));
    states(plan.initialStates());
    InputStage first = options.stage();
    this.stage = first == null ? null : first.open(parameters, partGradients);
  }

  /**
   * The plan for so many rows; made at the first call and kept while only a few other numbers are
   * asked for, after which it is closed.
   */
  public BatchPass batch(int rows) {
    return batch(rows, null);
  }

  /** Likewise, with the first products computed by the options' stage where there is one. */
  public BatchPass stagedBatch(int rows) {
    return batch(rows, stage);
  }

  private BatchPass batch(int rows, InputStage.@Nullable Opened first) {
    Size size = new Size(rows, first != null);
    BatchPass pass = passes.get(size);
    if (pass == null) {
      if (passes.size() == KEPT_SIZES) {
        var eldest = passes.entrySet().iterator();
        eldest.next().getValue().close();
        eldest.remove();
      }
      pass = new BatchPass(this, rows, first);
      passes.put(size, pass);
    }
    return pass;
  }

  /**
   * The only part of {@link #batch}.
   *
   * @throws IllegalStateException where several workers divide the rows
   */
  public Pass pass(int rows) {
    List<Pass> all = batch(rows).passes();
    if (all.size() > 1) {
      throw new IllegalStateException(rows + " rows are divided into " + all.size() + " parts");
    }
    return all.get(0);
  }

  /** The running statistics: a copy. */
  public float[] states() {
    float[] copy = new float[plan.stateCount()];
    readStates(0, copy, copy.length);
    return copy;
  }

  /** Copies running statistics from {@code from} on to the start of {@code target}. */
  public void readStates(int from, float[] target, int count) {
    states.read(from, target, 0, count);
  }

  /** Sets the running statistics. */
  public void states(float[] values) {
    states.write(0, values, 0, values.length);
  }

  /** Its state: the running statistics, and how far the dropout masks of each part have come. */
  @Override
  public void save(StateWriter state) {
    state.floats("statistics", states());
    for (int part = 0; part < parts; part++) {
      partMasks.get(part).save(state.part("masks/" + part));
    }
  }

  @Override
  public void load(StateReader state) {
    float[] statistics = new float[plan.stateCount()];
    state.floats("statistics", statistics);
    states(statistics);
    for (int part = 0; part < parts; part++) {
      partMasks.get(part).load(state.part("masks/" + part));
    }
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

  PassOptions options() {
    return options;
  }

  /** How many parts the rows of a batch are divided into at most. */
  int parts() {
    return parts;
  }

  /** Where a part puts the gradients of the parameters; part 0 where they are wanted. */
  Memory gradients(int part) {
    return partGradients.get(part);
  }

  DropoutMasks masks(int part) {
    return partMasks.get(part);
  }

  Matrix parameter(Parameter parameter) {
    return Matrix.of(parameters, parameter.offset(), parameter.rows(), parameter.columns());
  }

  Matrix state(int offset, int width) {
    return Matrix.of(states, offset, 1, width);
  }

  /** Frees the statistics and what the passes hold. */
  @Override
  public void close() {
    passes.values().forEach(BatchPass::close);
    passes.clear();
    if (stage != null) {
      stage.close();
    }
    partGradients.subList(1, parts).forEach(Memory::close);
    states.close();
  }
}
