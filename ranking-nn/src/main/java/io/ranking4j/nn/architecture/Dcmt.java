package io.ranking4j.nn.architecture;

import io.ranking4j.nn.loss.DcmtLoss;
import io.ranking4j.nn.loss.DcmtOptions;
import io.ranking4j.nn.loss.JointLoss;
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
 * DCMT (Zhu et al. 2023), along any tree of tasks: a dependent task has a twin tower, one trunk
 * with two heads: its probability given the parent, and that of not happening where the parent did
 * not, which the unclicked impressions teach; see {@link DcmtLoss}. Each logit is the sum of a wide
 * term, linear in the input, and the deep one. Only the first head is served, multiplied with the
 * parent's probability: the output of a dependent task is click-and-conversion.
 *
 * @param tower the hidden layers of every tower
 * @param wide whether there are wide terms
 * @param options of the loss
 */
public record Dcmt(Mlp tower, boolean wide, DcmtOptions options) implements Architecture {
  /** Towers of these widths, with wide terms. */
  public static Dcmt of(int... tower) {
    return new Dcmt(Mlp.of(tower), true, DcmtOptions.defaults());
  }

  /** With other options of the loss. */
  public Dcmt options(DcmtOptions other) {
    return new Dcmt(tower, wide, other);
  }

  @Override
  public String name() {
    return "dcmt";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of(
        "tower", tower.toString(),
        "wide", Boolean.toString(wide),
        "options", options.toString());
  }

  @Override
  public JointLoss loss(TaskGraph tasks) {
    return new DcmtLoss(tasks, options);
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    Heads.requireDependency("DCMT", tasks);
    Heads.requirePlainPositives("DCMT", tasks);
    PlanBuilder plan = new PlanBuilder(inputWidth);
    Map<String, Value> logits = new HashMap<>();
    Map<String, Value> given = new HashMap<>();
    Map<String, Value> counterfactual = new HashMap<>();
    for (Task task : tasks.parentsFirst()) {
      Heads.requireFactor("DCMT", task);
      String name = task.name();
      Value z = tower.apply(plan, "tower." + name, plan.input());
      Optional<Task> parent = tasks.parent(name);
      if (parent.isEmpty()) {
        logits.put(name, withWide(plan, name, Heads.head(plan, task, z)));
        continue;
      }
      Start start = new Start.BaseRateRatio(name, parent.get().name());
      Value own = withWide(plan, name, Heads.head(plan, task, z, start));
      given.put(name, own);
      logits.put(name, plan.logitOfProduct(Heads.of(logits, parent.get().name()), own));
      String twin = name + ".counterfactual";
      counterfactual.put(name, withWide(plan, twin, plan.dense("head." + twin, z, 1)));
    }
    tasks.names().forEach(name -> plan.output(name, Heads.of(logits, name)));
    for (String name : tasks.names()) {
      if (given.containsKey(name)) {
        plan.output(name + " given parent", Heads.of(given, name));
        plan.output(name + " counterfactual", Heads.of(counterfactual, name));
      }
    }
    return plan.build();
  }

  private Value withWide(PlanBuilder plan, String name, Value deep) {
    return wide ? plan.add(deep, plan.dense("wide." + name, plan.input(), 1, (Start) null)) : deep;
  }
}
