package io.ranking4j.runtime.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a plan needs for some of its outputs: the steps that they depend on, and no other parameters
 * and running statistics. Networks may have outputs that only their loss reads; a model is served
 * without them. Immutable and safe to share.
 */
public final class Part {
  private final Plan whole;
  private final Plan plan;
  private final List<Parameter> kept;
  private final List<Step.BatchNorm> norms;

  private Part(Plan whole, Plan plan, List<Parameter> kept, List<Step.BatchNorm> norms) {
    this.whole = whole;
    this.plan = plan;
    this.kept = kept;
    this.norms = norms;
  }

  /**
   * Takes a plan's part.
   *
   * @param outputs the names of its outputs, in the order that the part's shall have
   * @throws IllegalArgumentException where the plan has no output of a name
   */
  public static Part of(Plan plan, Collection<String> outputs) {
    Map<String, Value> wanted = new LinkedHashMap<>();
    for (String name : outputs) {
      Value value = plan.outputs().get(name);
      if (value == null) {
        throw new IllegalArgumentException(
            "the plan has outputs " + plan.outputs().keySet() + ", but not '" + name + "'");
      }
      wanted.put(name, value);
    }
    if (List.copyOf(plan.outputs().keySet()).equals(List.copyOf(wanted.keySet()))) {
      return new Part(plan, plan, plan.parameters(), norms(plan.steps()));
    }
    List<Step> steps = needed(plan, wanted.values());
    Set<Parameter> used = new LinkedHashSet<>();
    for (Step step : steps) {
      new StepCopy(
              value -> value,
              parameter -> {
                used.add(parameter);
                return parameter;
              },
              offset -> offset)
          .of(step);
    }
    List<Step.BatchNorm> norms = norms(steps);
    List<Parameter> kept = plan.parameters().stream().filter(used::contains).toList();
    return new Part(plan, rewritten(plan, steps, kept, norms, wanted), kept, norms);
  }

  private static List<Step.BatchNorm> norms(List<Step> steps) {
    List<Step.BatchNorm> norms = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.BatchNorm norm) {
        norms.add(norm);
      }
    }
    return List.copyOf(norms);
  }

  private static List<Step> needed(Plan plan, Collection<Value> values) {
    BitSet used = new BitSet();
    values.forEach(value -> used.set(value.id()));
    List<Step> steps = new ArrayList<>();
    for (int i = plan.steps().size() - 1; i >= 0; i--) {
      Step step = plan.steps().get(i);
      if (used.get(step.output().id())) {
        steps.add(0, step);
        step.inputs().forEach(value -> used.set(value.id()));
      }
    }
    return steps;
  }

  /** Numbers values, parameters and statistics anew, as a plan that is read must have them. */
  private static Plan rewritten(
      Plan plan,
      List<Step> steps,
      List<Parameter> kept,
      List<Step.BatchNorm> norms,
      Map<String, Value> wanted) {
    Map<Integer, Value> values = new LinkedHashMap<>();
    values.put(plan.input().id(), plan.input());
    steps.forEach(
        step -> values.put(step.output().id(), new Value(values.size(), step.output().width())));
    Map<Parameter, Parameter> parameters = new LinkedHashMap<>();
    int parameterCount = 0;
    for (Parameter old : kept) {
      parameters.put(
          old, new Parameter(old.name(), parameterCount, old.rows(), old.columns(), old.start()));
      parameterCount += old.size();
    }
    Map<Integer, Integer> offsets = new LinkedHashMap<>();
    int stateCount = 0;
    for (Step.BatchNorm norm : norms) {
      offsets.put(norm.meanOffset(), stateCount);
      stateCount += 2 * norm.input().width();
    }
    StepCopy copy =
        new StepCopy(
            old -> Objects.requireNonNull(values.get(old.id())),
            old -> Objects.requireNonNull(parameters.get(old)),
            old -> Objects.requireNonNull(offsets.get(old)));
    Map<String, Value> outputs = new LinkedHashMap<>();
    wanted.forEach(
        (name, value) -> outputs.put(name, Objects.requireNonNull(values.get(value.id()))));
    return new Plan(
        plan.input(),
        steps.stream().map(copy::of).toList(),
        List.copyOf(parameters.values()),
        parameterCount,
        states(norms, plan.initialStates(), stateCount),
        values.size(),
        outputs);
  }

  private static float[] states(List<Step.BatchNorm> norms, float[] all, int count) {
    float[] states = new float[count];
    int at = 0;
    for (Step.BatchNorm norm : norms) {
      int width = 2 * norm.input().width();
      System.arraycopy(all, norm.meanOffset(), states, at, width);
      at += width;
    }
    return states;
  }

  /** The part: the plan itself where all of its outputs are wanted in their order. */
  public Plan plan() {
    return plan;
  }

  /** The whole plan's parameters that the part has, as they are there. */
  public List<Parameter> sources() {
    return kept;
  }

  /** The whole plan's normalisations that the part has, as they are there. */
  public List<Step.BatchNorm> norms() {
    return norms;
  }

  /** Those of the whole plan's parameters that the part has; the array itself where it is whole. */
  public float[] parameters(float[] all) {
    if (plan == whole) {
      return all;
    }
    float[] some = new float[plan.parameterCount()];
    int at = 0;
    for (Parameter parameter : kept) {
      System.arraycopy(all, parameter.offset(), some, at, parameter.size());
      at += parameter.size();
    }
    return some;
  }

  /** Those of the whole plan's running statistics that the part has, likewise. */
  public float[] states(float[] all) {
    return plan == whole ? all : states(norms, all, plan.stateCount());
  }
}
