package io.ranking4j.nn.architecture;

import io.ranking4j.nn.loss.Escm2Loss;
import io.ranking4j.nn.loss.Escm2Options;
import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * ESCM² (Wang et al. 2022), along any tree of tasks: ESMM with a counterfactual risk on the
 * probability given the parent, so that it is right for impressions whose parent did not happen
 * too. With a tower that predicts the loss of a dependent task where it is not seen, the estimate
 * is doubly robust; see {@link Escm2Loss}. As with {@link Esmm}, the output of a dependent task is
 * click-and-conversion.
 *
 * @param tower the hidden layers of every tower
 * @param doublyRobust whether losses are imputed (ESCM²-DR), or only weighted (ESCM²-IPW)
 * @param options of the loss
 */
public record Escm2(Mlp tower, boolean doublyRobust, Escm2Options options) implements Architecture {
  /** ESCM²-IPW with towers of these widths. */
  public static Escm2 ipw(int... tower) {
    return new Escm2(Mlp.of(tower), false, Escm2Options.defaults());
  }

  /** ESCM²-DR with towers of these widths. */
  public static Escm2 dr(int... tower) {
    return new Escm2(Mlp.of(tower), true, Escm2Options.defaults());
  }

  /** With other options of the loss. */
  public Escm2 options(Escm2Options other) {
    return new Escm2(tower, doublyRobust, other);
  }

  @Override
  public String name() {
    return doublyRobust ? "escm2-dr" : "escm2-ipw";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("tower", tower.toString(), "options", options.toString());
  }

  @Override
  public JointLoss loss(TaskGraph tasks) {
    return new Escm2Loss(tasks, doublyRobust, options);
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    Heads.requireDependency("ESCM2", tasks);
    Heads.requirePlainPositives("ESCM2", tasks);
    PlanBuilder plan = new PlanBuilder(inputWidth);
    Map<String, Value> logits = new HashMap<>();
    Map<String, Value> given = new HashMap<>();
    Map<String, Value> imputed = new HashMap<>();
    for (Task task : tasks.parentsFirst()) {
      Heads.requireFactor("ESCM2", task);
      String name = task.name();
      Value z = tower.apply(plan, "tower." + name, plan.input());
      Optional<Task> parent = tasks.parent(name);
      if (parent.isEmpty()) {
        logits.put(name, Heads.head(plan, task, z));
        continue;
      }
      Start start = new Start.BaseRateRatio(name, parent.get().name());
      Value own = Heads.head(plan, task, z, start);
      given.put(name, own);
      logits.put(name, plan.logitOfProduct(Heads.of(logits, parent.get().name()), own));
      if (doublyRobust) {
        Value loss = tower.apply(plan, "imputation." + name, plan.input());
        loss = plan.dense("imputation." + name, loss, 1);
        imputed.put(name, plan.activate("imputation." + name, loss, Activation.SOFTPLUS));
      }
    }
    tasks.names().forEach(name -> plan.output(name, Heads.of(logits, name)));
    for (String name : tasks.names()) {
      if (given.containsKey(name)) {
        plan.output(name + " given parent", Heads.of(given, name));
        if (doublyRobust) {
          plan.output(name + " loss", Heads.of(imputed, name));
        }
      }
    }
    return plan.build();
  }
}
