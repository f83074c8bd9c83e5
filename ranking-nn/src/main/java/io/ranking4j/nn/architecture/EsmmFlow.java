package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.task.TaskGraph;
import java.util.Map;

/**
 * ESMM with the residuals of ResFlow between its towers: an ablation of the ResFlow write-up, which
 * found that logit residuals add nothing to a product of probabilities. What a link carries is the
 * tasks' own {@link io.ranking4j.task.Residual}: the features of hidden layers, the logit, or both.
 * The logit that is taken over is the parent's own, before the product. As with {@link Esmm}, the
 * output of a dependent task is click-and-conversion.
 *
 * @param tower the hidden layers of every tower
 */
public record EsmmFlow(Mlp tower) implements Architecture {
  /** Towers of these widths. */
  public static EsmmFlow of(int... tower) {
    return new EsmmFlow(Mlp.of(tower));
  }

  @Override
  public String name() {
    return "esmm-resflow";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("tower", tower.toString());
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    tasks.tasks().forEach(task -> Heads.requireFactor("ESMM", task));
    return ResidualTowers.plan(inputWidth, tasks, Mlp.of(), tower, true);
  }
}
