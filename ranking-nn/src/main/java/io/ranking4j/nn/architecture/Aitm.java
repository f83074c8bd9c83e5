package io.ranking4j.nn.architecture;

import io.ranking4j.nn.loss.AitmLoss;
import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Start;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AITM (Xi et al. 2021), along any tree of tasks: the tower of a dependent task and what is
 * transferred from its parent are two rows u, each weighted by {@code <u W1, u W2> / sqrt(d)}
 * through a softmax over the two, and {@code z = sum_u alpha_u u W3}. A row's weight comes from its
 * own query and key, as published, not from one row's query and the other's key. W1 to W3 have no
 * bias and are the same for all tasks; what is transferred is the parent's z, not its tower. No
 * gradient is stopped.
 *
 * <p>Labels are those of the whole space of impressions. The loss adds a penalty where a task is
 * predicted more probable than its parent: {@link AitmLoss}.
 *
 * @param tower the hidden layers of every tower, at least one
 * @param transferDropout the share of a transfer set to zero in training, in [0, 1)
 * @param calibrator the weight of the penalty, at least 0
 */
public record Aitm(Mlp tower, double transferDropout, double calibrator) implements Architecture {
  /** The weight of the penalty where nothing else is said: the paper's. */
  public static final double DEFAULT_CALIBRATOR = 0.6;

  private static final String ATTENTION = "attention";

  /** Checks every part. */
  public Aitm {
    if (tower.widths().isEmpty()) {
      throw new IllegalArgumentException("AITM needs towers of at least one layer");
    }
    if (!(transferDropout >= 0 && transferDropout < 1)) {
      throw new IllegalArgumentException(
          "transferDropout must be in [0, 1), but was " + transferDropout);
    }
    if (!(calibrator >= 0) || Double.isInfinite(calibrator)) {
      throw new IllegalArgumentException(
          "calibrator must be finite and at least 0, but was " + calibrator);
    }
  }

  /** Towers of these widths. */
  public static Aitm of(int... tower) {
    return new Aitm(Mlp.of(tower), 0, DEFAULT_CALIBRATOR);
  }

  /** With another weight of the penalty. */
  public Aitm calibrator(double weight) {
    return new Aitm(tower, transferDropout, weight);
  }

  @Override
  public String name() {
    return "aitm";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of(
        "tower", tower.toString(),
        "transferDropout", Double.toString(transferDropout),
        "calibrator", Double.toString(calibrator));
  }

  @Override
  public JointLoss loss(TaskGraph tasks) {
    return new AitmLoss(tasks, calibrator);
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    Heads.requireDependency("AITM", tasks);
    PlanBuilder plan = new PlanBuilder(inputWidth);
    Map<String, Value> transferred = new HashMap<>();
    Map<String, Value> attention = new HashMap<>();
    Map<String, Value> logits = new HashMap<>();
    for (Task task : tasks.parentsFirst()) {
      Heads.requireFactor("AITM", task);
      Value z = tower.apply(plan, "tower." + task.name(), plan.input());
      Optional<Task> parent = tasks.parent(task.name());
      if (parent.isPresent()) {
        Value from = Heads.of(transferred, parent.get().name());
        Value transfer = plan.dense("transfer." + task.name(), from, z.width());
        transfer = plan.activate("transfer." + task.name(), transfer, Activation.RELU);
        z = attend(plan, attention, z, plan.dropout(transfer, transferDropout));
      }
      transferred.put(task.name(), z);
      logits.put(task.name(), Heads.head(plan, task, z));
    }
    tasks.names().forEach(name -> plan.output(name, Heads.of(logits, name)));
    return plan.build();
  }

  private static Value attend(
      PlanBuilder plan, Map<String, Value> attention, Value own, Value transfer) {
    int d = own.width();
    Value queries = project(plan, attention, "query", own, transfer);
    Value keys = project(plan, attention, "key", own, transfer);
    Value values = project(plan, attention, "value", own, transfer);
    Value scores = plan.dot(queries, keys, 2, 1 / Math.sqrt(d));
    return plan.mixture(plan.softmax(scores, 1), values, 2);
  }

  /** Both rows times a matrix that all tasks share, side by side. */
  private static Value project(
      PlanBuilder plan, Map<String, Value> attention, String name, Value own, Value transfer) {
    Value earlier = attention.get(name);
    Value first =
        earlier == null
            ? plan.dense(ATTENTION + "." + name, own, own.width(), (Start) null)
            : plan.denseAgain(earlier, own);
    attention.putIfAbsent(name, first);
    return plan.concat(List.of(first, plan.denseAgain(first, transfer)));
  }
}
