package io.ranking4j.runtime.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rewrites the steps of a plan for serving: drops what only training needs, and joins chains. */
final class Fuser {
  /** Steps that run for themselves, or {@link FusedStep}s, in order. */
  private final List<Object> operations = new ArrayList<>();

  private final List<Step> stored = new ArrayList<>();
  private final int[] consumers;
  private final int[] alias;
  private final List<Step> steps;

  private Fuser(Plan plan) {
    steps = plan.steps();
    consumers = new int[plan.valueCount()];
    alias = new int[plan.valueCount()];
    for (int v = 0; v < alias.length; v++) {
      alias[v] = v;
    }
    for (Step step : steps) {
      if (step instanceof Step.Dropout dropout) {
        alias[dropout.output().id()] = alias[dropout.input().id()];
      } else {
        consume(step.inputs());
      }
    }
    consume(plan.outputs().values());
  }

  private void consume(Collection<Value> values) {
    for (Value value : values) {
      consumers[alias[value.id()]]++;
    }
  }

  /**
   * What serving runs.
   *
   * @param operations {@link FusedStep}s and the steps that were left as they are, in order
   * @param stored the steps whose outputs are stored, for the layout
   */
  record Fused(List<Object> operations, List<Step> stored) {}

  static Fused fuse(Plan plan) {
    Fuser fuser = new Fuser(plan);
    fuser.run();
    return new Fused(fuser.operations, fuser.stored);
  }

  /** A value in which dropouts, which serving does not run, are looked through. */
  private Value real(Value value) {
    return new Value(alias[value.id()], value.width());
  }

  private void run() {
    Set<Step> done = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (done.contains(step) || step instanceof Step.Dropout) {
        continue;
      }
      if (step instanceof Step.Dense
          || step instanceof Step.Activate
          || step instanceof Step.BatchNorm) {
        chain(i, done);
      } else {
        operations.add(rename(step));
        stored.add(rename(step));
      }
    }
  }

  /**
   * Joins what follows. The chain is run where its first step stands, so it takes a residual only
   * when that is computed by then.
   */
  private void chain(int first, Set<Step> done) {
    Step start = steps.get(first);
    Step.@Nullable Dense product = start instanceof Step.Dense dense ? dense : null;
    Step.@Nullable Activate activation = start instanceof Step.Activate activate ? activate : null;
    Step.@Nullable BatchNorm norm = start instanceof Step.BatchNorm batchNorm ? batchNorm : null;
    @Nullable Value residual = null;
    Value output = start.output();
    Step last = start;
    while (residual == null && consumers[output.id()] == 1) {
      Step next = consumer(output);
      if (next instanceof Step.Activate activate && activation == null && norm == null) {
        activation = activate;
      } else if (next instanceof Step.BatchNorm batchNorm && norm == null) {
        norm = batchNorm;
      } else if (next instanceof Step.Add add) {
        Value other = real(add.left()).equals(output) ? real(add.right()) : real(add.left());
        if (!computedBefore(other, first)) {
          break;
        }
        residual = other;
      } else {
        break;
      }
      done.add(next);
      output = next.output();
      last = next;
    }
    operations.add(
        new FusedStep(
            product, activation, norm, residual, real(start.inputs().get(0)), last.output()));
    stored.add(last);
  }

  private @Nullable Step consumer(Value value) {
    for (Step step : steps) {
      if (!(step instanceof Step.Dropout) && reads(step, value)) {
        return step;
      }
    }
    return null;
  }

  private boolean reads(Step step, Value value) {
    for (Value input : step.inputs()) {
      if (alias[input.id()] == value.id()) {
        return true;
      }
    }
    return false;
  }

  private boolean computedBefore(Value value, int index) {
    if (value.id() == 0) {
      return true;
    }
    for (int i = 0; i < index; i++) {
      if (steps.get(i).output().id() == value.id()) {
        return true;
      }
    }
    return false;
  }

  /** The step, reading through dropouts. */
  private Step rename(Step step) {
    return StepCopy.of(value -> value.equals(step.output()) ? value : real(value)).of(step);
  }
}
