package io.ranking4j.nn.architecture;

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
 * ESMM (Ma et al. 2018), along any tree of tasks: the probability of a dependent task is its own
 * tower's times its parent's, {@code p_c = p_o p_r}, and the loss is on {@code p_c} over all
 * impressions; there is none on {@code p_r} alone. The output of a dependent task is therefore
 * click-and-conversion; conversion given click is the ratio of two outputs. The product is taken of
 * logits, without cancellation.
 *
 * @param tower the hidden layers of every tower
 */
public record Esmm(Mlp tower) implements Architecture {
  /** Towers of these widths. */
  public static Esmm of(int... tower) {
    return new Esmm(Mlp.of(tower));
  }

  @Override
  public String name() {
    return "esmm";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("tower", tower.toString());
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(inputWidth);
    Map<String, Value> logits = new HashMap<>();
    for (Task task : tasks.parentsFirst()) {
      Heads.requireFactor("ESMM", task);
      Value z = tower.apply(plan, "tower." + task.name(), plan.input());
      Optional<Task> parent = tasks.parent(task.name());
      Value logit;
      if (parent.isEmpty()) {
        logit = Heads.head(plan, task, z);
      } else {
        Start start = new Start.BaseRateRatio(task.name(), parent.get().name());
        Value own = Heads.head(plan, task, z, start);
        logit = plan.logitOfProduct(Heads.of(logits, parent.get().name()), own);
      }
      logits.put(task.name(), logit);
    }
    tasks.names().forEach(name -> plan.output(name, Heads.of(logits, name)));
    return plan.build();
  }
}
