package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ResFlow (Shopee 2024): a tower for each task, all of the same widths, in which the tower of a
 * dependent task adds what the tower of its parent has at the same height: the features of hidden
 * layers after activation and normalisation, and the logit. No gradient is stopped, so a child's
 * loss trains the parent's tower too. Labels are those of the whole space of impressions. Which
 * links exist, and what they carry, is the tasks' own: {@link Residual}.
 *
 * @param shared layers before the towers, common to all tasks; often none
 * @param tower the hidden layers of every tower
 */
public record ResFlow(Mlp shared, Mlp tower) implements Architecture {
  /** The widths of the towers when nothing else is said. */
  public static final List<Integer> DEFAULT_TOWER = List.of(128, 64);

  /** Towers of these widths on the input itself. */
  public static ResFlow of(int... tower) {
    return new ResFlow(Mlp.of(), Mlp.of(tower));
  }

  /** With layers that all towers share. */
  public ResFlow shared(int... widths) {
    return new ResFlow(
        new Mlp(Mlp.of(widths).widths(), tower.activation(), tower.batchNorm(), tower.dropout()),
        tower);
  }

  @Override
  public String name() {
    return "resflow";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("shared", shared.toString(), "tower", tower.toString());
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(inputWidth);
    Value x = shared.apply(plan, "shared", plan.input());
    Map<String, List<Value>> hidden = new HashMap<>();
    Map<String, Value> logits = new HashMap<>();
    for (Task task : tasks.parentsFirst()) {
      Optional<Residual> link = task.residual();
      link.ifPresent(residual -> checkLayers(task, residual));
      List<Value> layers = new ArrayList<>();
      Value z = x;
      for (int number = 1; number <= tower.widths().size(); number++) {
        z = tower.layer(plan, "tower." + task.name(), z, number);
        if (link.isPresent() && link.get().takesLayer(number)) {
          z = plan.add(z, Heads.of(hidden, link.get().parent()).get(number - 1));
        }
        layers.add(z);
      }
      hidden.put(task.name(), layers);
      logits.put(task.name(), logit(plan, task, tasks, z, logits));
    }
    tasks.names().forEach(name -> plan.output(name, Heads.of(logits, name)));
    return plan.build();
  }

  private void checkLayers(Task task, Residual link) {
    for (int layer : link.layers()) {
      if (layer > tower.widths().size()) {
        throw new IllegalArgumentException(
            "task '"
                + task.name()
                + "' takes over the features of layer "
                + layer
                + " of '"
                + link.parent()
                + "', but the towers have "
                + tower.widths().size()
                + " hidden layers");
      }
    }
  }

  private static Value logit(
      PlanBuilder plan, Task task, TaskGraph tasks, Value z, Map<String, Value> logits) {
    boolean added = task.residual().map(Residual::logit).orElse(false);
    if (!added) {
      return Heads.head(plan, task, z);
    }
    Task parent = tasks.parent(task.name()).orElseThrow();
    if (parent.kind().width() != task.kind().width()) {
      throw new IllegalArgumentException(
          "task '"
              + task.name()
              + "' cannot add the logit of '"
              + parent.name()
              + "': it has "
              + task.kind().width()
              + " outputs, the parent "
              + parent.kind().width());
    }
    Start start = new Start.BaseRateDifference(task.name(), parent.name());
    Value own = Heads.head(plan, task, z, start);
    return plan.add(own, Heads.of(logits, parent.name()));
  }
}
