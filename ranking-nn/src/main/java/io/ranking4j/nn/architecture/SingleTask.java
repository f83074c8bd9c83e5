package io.ranking4j.nn.architecture;

import io.ranking4j.runtime.input.DenseField;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.runtime.plan.PlanBuilder;
import io.ranking4j.runtime.plan.Value;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network for each task that shares nothing, not even embeddings: the baseline of every paper on
 * several tasks. The networks are trained side by side, which changes nothing for any of them but
 * the epoch that is kept, and with early stopping on each task not even that: each embedding is
 * wide enough for all tasks, and each task reads a part of its own. Where a feature's width is the
 * user's own, it is divided among the tasks.
 *
 * @param tower the hidden layers of every network
 */
public record SingleTask(Mlp tower) implements Architecture {
  /** Networks of these widths. */
  public static SingleTask of(int... tower) {
    return new SingleTask(Mlp.of(tower));
  }

  @Override
  public String name() {
    return "single-task";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("tower", tower.toString());
  }

  @Override
  public int embeddingCopies(TaskGraph tasks) {
    return tasks.size();
  }

  /** {@inheritDoc} Refused with several tasks: the embeddings must be known. */
  @Override
  public Plan plan(int inputWidth, TaskGraph tasks) {
    if (tasks.size() > 1) {
      throw new IllegalArgumentException(
          "networks of single tasks need to know the columns of the embeddings, not only the "
              + inputWidth
              + " columns of the input");
    }
    return new SeparateTowers(tower).plan(inputWidth, tasks);
  }

  @Override
  public Plan plan(InputLayout input, TaskGraph tasks) {
    PlanBuilder plan = new PlanBuilder(input.width());
    int number = 0;
    for (Task task : tasks.tasks()) {
      Value x = part(plan, input, number++, tasks.size());
      plan.output(
          task.name(), Heads.head(plan, task, tower.apply(plan, "tower." + task.name(), x)));
    }
    return plan.build();
  }

  /** The part of every embedding that is one task's, and all numbers. */
  private static Value part(PlanBuilder plan, InputLayout input, int number, int count) {
    List<Value> parts = new ArrayList<>();
    for (EmbeddingField field : input.embeddings()) {
      if (field.width() % count != 0) {
        throw new IllegalArgumentException(
            "the embedding of '"
                + field.feature()
                + "' must divide among "
                + count
                + " tasks, but its width is "
                + field.width());
      }
      int width = field.width() / count;
      parts.add(plan.columns(plan.input(), field.offset() + number * width, width));
    }
    for (DenseField field : input.dense()) {
      parts.add(plan.columns(plan.input(), field.offset(), field.width()));
    }
    return plan.concat(parts);
  }
}
