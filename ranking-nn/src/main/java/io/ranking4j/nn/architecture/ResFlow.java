package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.task.Residual;
import io.ranking4j.task.TaskGraph;
import java.util.List;
import java.util.Map;

/**
 * ResFlow (Shopee 2024): a tower for each task, all of the same widths, in which the tower of a
 * dependent task adds what the tower of its parent has at the same height: the features of hidden
 * layers after activation and normalisation, and the logit. No gradient is stopped, so a child's
 * loss trains the parent's tower too. Labels are those of the whole space of impressions. Which
 * links exist, and what they carry, is the tasks' own: {@link Residual}. Where no task depends on
 * another, they are chained from the one with the most positives to the one with the fewest, the
 * write-up's rule; {@link Topology.Named#GIVEN} leaves them apart.
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
  public TaskGraph link(TaskGraph tasks, Map<String, Double> positives) {
    return Links.any(tasks) ? tasks : Topology.Named.SPARSITY.link(tasks, positives);
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    return ResidualTowers.plan(inputWidth, tasks, shared, tower, false);
  }
}
