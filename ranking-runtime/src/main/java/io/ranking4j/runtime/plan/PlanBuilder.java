package io.ranking4j.runtime.plan;

import io.ranking4j.runtime.kernel.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan down step by step; what an architecture uses. Each method adds one step and gives
 * the value it makes. Parameters are named after the {@code name} given. Not safe to share between
 * threads.
 */
public final class PlanBuilder {
  /** The share of the running statistics that a batch leaves. */
  public static final float DEFAULT_MOMENTUM = 0.9f;

  /** What is added to a variance before its root is taken. */
  public static final float DEFAULT_EPSILON = 1e-5f;

  /** Where the slopes of a PReLU start. */
  public static final float DEFAULT_SLOPE = 0.25f;

  private final List<Step> steps = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Value input;
  private float[] states = new float[0];
  private int parameterCount;
  private int valueCount = 1;

  /** Starts a plan whose input has so many columns. */
  public PlanBuilder(int inputWidth) {
    this.input = new Value(0, inputWidth);
  }

  /** The input. */
  public Value input() {
    return input;
  }

  private Value value(int width) {
    return new Value(valueCount++, width);
  }

  private Parameter parameter(String name, int rows, int columns, Start start) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("parameter '" + name + "' is there already");
    }
    Parameter parameter = new Parameter(name, parameterCount, rows, columns, start);
    parameters.add(parameter);
    parameterCount = Math.addExact(parameterCount, Math.multiplyExact(rows, columns));
    return parameter;
  }

  /** A dense layer with a bias that starts at zero. */
  public Value dense(String name, Value x, int width) {
    return dense(name, x, width, new Start.Constant(0));
  }

  /** A dense layer; without a bias where {@code biasStart} is null. */
  public Value dense(String name, Value x, int width, @Nullable Start biasStart) {
    return dense(name, x, width, Start.Glorot.INSTANCE, biasStart);
  }

  /**
   * A dense layer whose weights start elsewhere; without a bias where {@code biasStart} is null.
   */
  public Value dense(
      String name, Value x, int width, Start weightStart, @Nullable Start biasStart) {
    Parameter weights = parameter(name + ".weights", x.width(), width, weightStart);
    Parameter bias = biasStart == null ? null : parameter(name + ".bias", 1, width, biasStart);
    Value y = value(width);
    steps.add(new Step.Dense(x, weights, bias, y));
    return y;
  }

  /**
   * A product with the weights and bias of an earlier one, so that both learn together.
   *
   * @param earlier what the earlier one gave
   */
  public Value denseAgain(Value earlier, Value x) {
    for (Step step : steps) {
      if (step instanceof Step.Dense dense && dense.output().equals(earlier)) {
        if (x.width() != dense.input().width()) {
          throw new IllegalArgumentException(
              "a shared product takes "
                  + dense.input().width()
                  + " columns, but was given "
                  + x.width());
        }
        Value y = value(earlier.width());
        steps.add(new Step.Dense(x, dense.weights(), dense.bias(), y));
        return y;
      }
    }
    throw new IllegalArgumentException("value " + earlier.id() + " is not what a product gave");
  }

  /** An activation; gives {@code x} itself for {@link Activation#NONE}. */
  public Value activate(String name, Value x, Activation activation) {
    if (activation == Activation.NONE) {
      return x;
    }
    Parameter slope =
        activation == Activation.PRELU
            ? parameter(name + ".slope", 1, x.width(), new Start.Constant(DEFAULT_SLOPE))
            : null;
    Value y = value(x.width());
    steps.add(new Step.Activate(activation, slope, x, y));
    return y;
  }

  /** Batch normalisation. */
  public Value batchNorm(String name, Value x) {
    Parameter gamma = parameter(name + ".gamma", 1, x.width(), new Start.Constant(1));
    Parameter beta = parameter(name + ".beta", 1, x.width(), new Start.Constant(0));
    int meanOffset = states.length;
    states = Arrays.copyOf(states, meanOffset + 2 * x.width());
    Arrays.fill(states, meanOffset + x.width(), states.length, 1f);
    Value y = value(x.width());
    steps.add(new Step.BatchNorm(gamma, beta, meanOffset, DEFAULT_MOMENTUM, DEFAULT_EPSILON, x, y));
    return y;
  }

  /** Dropout; gives {@code x} itself for a rate of 0. */
  public Value dropout(Value x, double rate) {
    float rounded = (float) rate;
    if (!(rate >= 0 && rounded < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), but was " + rate);
    }
    if (rounded == 0) {
      return x;
    }
    Value y = value(x.width());
    steps.add(new Step.Dropout(rounded, x, y));
    return y;
  }

  /** A sum of two values of one width. */
  public Value add(Value left, Value right) {
    Value y = value(sameWidth(left, right));
    steps.add(new Step.Add(left, right, y));
    return y;
  }

  /** A product, element by element, of two values of one width. */
  public Value multiply(Value left, Value right) {
    Value y = value(sameWidth(left, right));
    steps.add(new Step.Multiply(left, right, y));
    return y;
  }

  /** The logit of the product of two probabilities given as logits. */
  public Value logitOfProduct(Value left, Value right) {
    Value y = value(sameWidth(left, right));
    steps.add(new Step.LogitOfProduct(left, right, y));
    return y;
  }

  /** Softmax within so many groups of columns of equal width. */
  public Value softmax(Value x, int groups) {
    requireParts("a softmax", x.width(), groups);
    Value y = value(x.width());
    steps.add(new Step.Softmax(groups, x, y));
    return y;
  }

  /**
   * Sums of values side by side, weighted row by row; see {@link Step.Mixture}.
   *
   * @param weights for each sum as many as there are values
   * @param values {@code count} values of one width, side by side
   */
  public Value mixture(Value weights, Value values, int count) {
    requireParts("the weights of a mixture", weights.width(), count);
    requireParts("the values of a mixture", values.width(), count);
    Value y = value(weights.width() / count * (values.width() / count));
    steps.add(new Step.Mixture(count, weights, values, y));
    return y;
  }

  /** Inner products of {@code groups} groups of columns of equal width, times a constant. */
  public Value dot(Value left, Value right, int groups, double scale) {
    requireParts("an inner product", sameWidth(left, right), groups);
    Value y = value(groups);
    steps.add(new Step.Dot((float) scale, left, right, y));
    return y;
  }

  /** The sum over all pairs of groups, of that width, of their products; see {@link Step.Pairs}. */
  public Value pairs(Value x, int width) {
    if (width < 1 || x.width() % width != 0) {
      throw new IllegalArgumentException(
          "pairs need groups of " + width + " columns, but the value has " + x.width());
    }
    Value y = value(width);
    steps.add(new Step.Pairs(x, y));
    return y;
  }

  private static void requireParts(String what, int width, int parts) {
    if (parts < 1 || width % parts != 0) {
      throw new IllegalArgumentException(
          what + " must divide into " + parts + " parts, but has " + width + " columns");
    }
  }

  /**
   * Adds all steps of another plan, over a value in place of its input. Nothing becomes an output.
   *
   * @param prefix stands before the names of its parameters, which must be new
   * @param other the plan
   * @param x as wide as its input
   * @return by name, the values that were its outputs
   */
  public Map<String, Value> append(String prefix, Plan other, Value x) {
    sameWidth(other.input(), x);
    Map<Integer, Value> values = new HashMap<>();
    values.put(other.input().id(), x);
    Map<Parameter, Parameter> copies = new HashMap<>();
    int firstState = states.length;
    states = Arrays.copyOf(states, firstState + other.stateCount());
    System.arraycopy(other.initialStates(), 0, states, firstState, other.stateCount());
    other
        .parameters()
        .forEach(
            old ->
                copies.put(
                    old, parameter(prefix + old.name(), old.rows(), old.columns(), old.start())));
    StepCopy copy =
        new StepCopy(
            old -> values.computeIfAbsent(old.id(), id -> value(old.width())),
            old -> Objects.requireNonNull(copies.get(old)),
            offset -> firstState + offset);
    other.steps().forEach(step -> steps.add(copy.of(step)));
    Map<String, Value> given = new LinkedHashMap<>();
    other
        .outputs()
        .forEach((name, old) -> given.put(name, Objects.requireNonNull(values.get(old.id()))));
    return given;
  }

  /** Some columns of a value; {@code x} itself where they are all of them. */
  public Value columns(Value x, int from, int count) {
    if (from < 0 || count < 1 || from + count > x.width()) {
      throw new IllegalArgumentException(
          "columns " + from + " to " + (from + count) + " of a value of width " + x.width());
    }
    if (count == x.width()) {
      return x;
    }
    Value y = value(count);
    steps.add(new Step.Columns(from, x, y));
    return y;
  }

  /** Values side by side; the value itself where there is one. */
  public Value concat(List<Value> values) {
    if (values.size() == 1) {
      return values.get(0);
    }
    Value y = value(values.stream().mapToInt(Value::width).sum());
    steps.add(new Step.Concat(values, y));
    return y;
  }

  /** Names the value that a task's loss and prediction are made from. */
  public void output(String task, Value value) {
    if (outputs.put(task, value) != null) {
      throw new IllegalArgumentException("task '" + task + "' has an output already");
    }
  }

  private static int sameWidth(Value left, Value right) {
    if (left.width() != right.width()) {
      throw new IllegalArgumentException(
          "both sides must have one width, but have " + left.width() + " and " + right.width());
    }
    return left.width();
  }

  /**
   * Makes the plan.
   *
   * @throws IllegalArgumentException where there is no output, nothing uses what a step gives, or
   *     an output is what a dropout gives
   */
  public Plan build() {
    return new Plan(input, steps, parameters, parameterCount, states, valueCount, outputs);
  }
}
