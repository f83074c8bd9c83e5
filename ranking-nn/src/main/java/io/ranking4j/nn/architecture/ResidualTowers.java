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

/** Towers that add what their parents' have at the same height, with and without products. */
final class ResidualTowers {
  private final PlanBuilder plan;
  private final TaskGraph tasks;
  private final Mlp tower;
  private final boolean products;
  private final Map<String, List<Value>> hidden = new HashMap<>();

  /** By task, its own logit, which is passed on. */
  private final Map<String, Value> logits = new HashMap<>();

  /** By task, where its own logit starts, if not at its base rate. */
  private final Map<String, Start> starts = new HashMap<>();

  /** By task, the logit of its output: that of the product of probabilities, or its own. */
  private final Map<String, Value> outputs = new HashMap<>();

  private ResidualTowers(int inputWidth, TaskGraph tasks, Mlp tower, boolean products) {
    this.plan = new PlanBuilder(inputWidth);
    this.tasks = tasks;
    this.tower = tower;
    this.products = products;
  }

  /**
   * Builds the plan.
   *
   * @param products whether the probability of a dependent task is multiplied with its parent's
   */
  static Plan plan(int inputWidth, TaskGraph tasks, Mlp shared, Mlp tower, boolean products) {
    ResidualTowers towers = new ResidualTowers(inputWidth, tasks, tower, products);
    Value x = shared.apply(towers.plan, "shared", towers.plan.input());
    tasks.parentsFirst().forEach(task -> towers.add(task, x));
    tasks.names().forEach(name -> towers.plan.output(name, Heads.of(towers.outputs, name)));
    return towers.plan.build();
  }

  private void add(Task task, Value x) {
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
    Value logit = logit(task, z);
    logits.put(task.name(), logit);
    if (products && link.isPresent()) {
      logit = plan.logitOfProduct(Heads.of(outputs, link.get().parent()), logit);
    }
    outputs.put(task.name(), logit);
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

  private Value logit(Task task, Value z) {
    Optional<Task> parent = tasks.parent(task.name());
    boolean added = task.residual().map(Residual::logit).orElse(false);
    if (parent.isEmpty() || (!added && !products)) {
      return Heads.head(plan, task, z);
    }
    String name = parent.get().name();
    if (products) {
      Start ratio = new Start.BaseRateRatio(task.name(), name);
      starts.put(task.name(), ratio);
      return added ? sum(task, z, ratio, name) : Heads.head(plan, task, z, ratio);
    }
    if (parent.get().kind().width() != task.kind().width()) {
      throw new IllegalArgumentException(
          "task '"
              + task.name()
              + "' cannot add the logit of '"
              + name
              + "': it has "
              + task.kind().width()
              + " outputs, the parent "
              + parent.get().kind().width());
    }
    return sum(task, z, new Start.BaseRate(task.name()), name);
  }

  /** A head and the parent's logit, so that their sum starts at {@code whole}. */
  private Value sum(Task task, Value z, Start whole, String parent) {
    Start added = starts.getOrDefault(parent, new Start.BaseRate(parent));
    Value own = Heads.head(plan, task, z, new Start.Difference(whole, added));
    return plan.add(own, Heads.of(logits, parent));
  }
}
