package io.ranking4j.runtime.plan;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network: steps in the order they run, the parameters and states they use, and the value that is
 * each task's output. Immutable and safe to share; holds no numbers, those stand in two arrays (the
 * parameters, and the running statistics of normalisations) beside it.
 */
public final class Plan {
  private final Value input;
  private final List<Step> steps;
  private final List<Parameter> parameters;
  private final int parameterCount;
  private final float[] initialStates;
  private final int valueCount;
  private final Map<String, Value> outputs;
  private final int outputWidth;

  /**
   * Puts a plan together.
   *
   * @throws IllegalArgumentException where there is no output, nothing uses what a step gives, or
   *     an output is what a dropout gives
   */
  Plan(
      Value input,
      List<Step> steps,
      List<Parameter> parameters,
      int parameterCount,
      float[] initialStates,
      int valueCount,
      Map<String, Value> outputs) {
    this.input = input;
    this.steps = List.copyOf(steps);
    this.parameters = List.copyOf(parameters);
    this.parameterCount = parameterCount;
    this.initialStates = initialStates;
    this.valueCount = valueCount;
    this.outputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    this.outputWidth = Value.widths(outputs.values());
    checkOutputs();
    checkUse();
  }

  /** Serving runs no dropouts, so that nobody would fill in what one gives. */
  private void checkOutputs() {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("a plan needs at least one output");
    }
    for (Step step : steps) {
      if (step instanceof Step.Dropout && outputs.containsValue(step.output())) {
        throw new IllegalArgumentException(
            "an output must not be what a dropout gives, but that of task '"
                + outputs.entrySet().stream()
                    .filter(output -> output.getValue().equals(step.output()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow()
                + "' is");
      }
    }
  }

  /** Steps that nothing depends on would cost time, and their parameters never learn. */
  private void checkUse() {
    BitSet used = new BitSet(valueCount);
    for (Value value : outputs.values()) {
      used.set(value.id());
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (!used.get(step.output().id())) {
        throw new IllegalArgumentException(
            "what a step gives must be used, but value "
                + step.output().id()
                + " of step "
                + i
                + " ("
                + step.getClass().getSimpleName()
                + ") is not");
      }
      for (Value value : step.inputs()) {
        used.set(value.id());
      }
    }
  }

  /** The input: embeddings and numbers of every impression, side by side. */
  public Value input() {
    return input;
  }

  /** The steps in the order they run. */
  public List<Step> steps() {
    return steps;
  }

  /** The parameters in the order of their offsets. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Floats of all parameters together. */
  public int parameterCount() {
    return parameterCount;
  }

  /** The running statistics before training: a copy. */
  public float[] initialStates() {
    return initialStates.clone();
  }

  /** Floats of the running statistics together. */
  public int stateCount() {
    return initialStates.length;
  }

  /** How many values there are, the input included; their ids are below it. */
  public int valueCount() {
    return valueCount;
  }

  /** By task, in the tasks' order, the value that its loss and its prediction are made from. */
  public Map<String, Value> outputs() {
    return outputs;
  }

  /** Columns of all outputs together. */
  public int outputWidth() {
    return outputWidth; // asked for every block of rows
  }
}
