package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Progressive layered extraction (Tang et al. 2020): at each level every task has experts of its
 * own beside those that all share, and a gate of the task mixes both; a shared gate mixes the
 * experts of all for the next level, and is left out in the last one. With one level it is CGC. All
 * gates and experts of a level read what the level before gave, none what another of the same level
 * has changed already.
 *
 * @param taskExperts experts of each task at each level
 * @param sharedExperts experts that all tasks share at each level
 * @param levels the hidden layers of every expert, level by level; the last layers of the experts
 *     of one level have one width
 * @param tower the hidden layers of every tower; may be none
 */
public record Ple(int taskExperts, int sharedExperts, List<Mlp> levels, Mlp tower)
    implements Architecture {
  /** Experts of each task where nothing else is said. */
  public static final int DEFAULT_TASK_EXPERTS = 3;

  /** Shared experts where nothing else is said. */
  public static final int DEFAULT_SHARED_EXPERTS = 2;

  private static final String SHARED = "shared";

  /** Checks every part. */
  public Ple {
    levels = List.copyOf(levels);
    if (taskExperts < 1 || sharedExperts < 1) {
      throw new IllegalArgumentException(
          "there must be at least 1 expert of each task and 1 shared, but were "
              + taskExperts
              + " and "
              + sharedExperts);
    }
    if (levels.isEmpty() || levels.stream().anyMatch(expert -> expert.widths().isEmpty())) {
      throw new IllegalArgumentException(
          "there must be at least one level, and one layer in each, but were " + levels);
    }
  }

  /** CGC: one level of experts of one layer of a width, under towers of these widths. */
  public static Ple cgc(int expert, int... tower) {
    return new Ple(
        DEFAULT_TASK_EXPERTS, DEFAULT_SHARED_EXPERTS, List.of(Mlp.of(expert)), Mlp.of(tower));
  }

  /** Two levels of experts of one layer of a width, under towers of these widths. */
  public static Ple of(int expert, int... tower) {
    return new Ple(
        DEFAULT_TASK_EXPERTS,
        DEFAULT_SHARED_EXPERTS,
        List.of(Mlp.of(expert), Mlp.of(expert)),
        Mlp.of(tower));
  }

  /** With other numbers of experts. */
  public Ple experts(int ofTask, int shared) {
    return new Ple(ofTask, shared, levels, tower);
  }

  @Override
  public String name() {
    return levels.size() == 1 ? "cgc" : "ple";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of(
        "taskExperts", Integer.toString(taskExperts),
        "sharedExperts", Integer.toString(sharedExperts),
        "levels", levels.toString(),
        "tower", tower.toString());
  }

  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(inputWidth);
    Map<String, Value> inputs = new LinkedHashMap<>();
    tasks.names().forEach(name -> inputs.put(name, plan.input()));
    Value shared = plan.input();
    for (int level = 1; level <= levels.size(); level++) {
      Level made = new Level(plan, level, inputs, shared);
      for (String name : tasks.names()) {
        inputs.put(name, made.forTask(name));
      }
      if (level < levels.size()) {
        shared = made.forAll();
      }
    }
    for (Task task : tasks.tasks()) {
      Value z = tower.apply(plan, "tower." + task.name(), Heads.of(inputs, task.name()));
      plan.output(task.name(), Heads.head(plan, task, z));
    }
    return plan.build();
  }

  /** The experts of a level, made from what the level before gave. */
  private final class Level {
    private final PlanBuilder plan;
    private final String prefix;
    private final Map<String, Value> inputs;
    private final Value sharedInput;
    private final Map<String, List<Value>> experts = new LinkedHashMap<>();
    private final List<Value> shared;

    Level(PlanBuilder plan, int number, Map<String, Value> inputs, Value sharedInput) {
      this.plan = plan;
      this.prefix = "level." + number + ".";
      this.inputs = Map.copyOf(inputs);
      this.sharedInput = sharedInput;
      Mlp expert = levels.get(number - 1);
      inputs.forEach((task, x) -> experts.put(task, made(expert, "task." + task, x, taskExperts)));
      this.shared = made(expert, SHARED, sharedInput, sharedExperts);
    }

    private List<Value> made(Mlp expert, String owner, Value x, int count) {
      List<Value> made = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        made.add(expert.apply(plan, prefix + owner + ".expert." + i, x));
      }
      return made;
    }

    Value forTask(String task) {
      List<Value> mixed = new ArrayList<>(Objects.requireNonNull(experts.get(task)));
      mixed.addAll(shared);
      return mix("task." + task, Heads.of(inputs, task), mixed);
    }

    Value forAll() {
      List<Value> mixed = new ArrayList<>();
      experts.values().forEach(mixed::addAll);
      mixed.addAll(shared);
      return mix(SHARED, sharedInput, mixed);
    }

    private Value mix(String owner, Value gateInput, List<Value> mixed) {
      Value logits = plan.dense(prefix + owner + ".gate", gateInput, mixed.size());
      return plan.mixture(plan.softmax(logits, 1), plan.concat(mixed), mixed.size());
    }
  }
}
