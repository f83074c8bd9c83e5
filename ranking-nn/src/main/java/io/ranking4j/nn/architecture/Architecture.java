package io.ranking4j.nn.architecture;

import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.nn.loss.WeightedLoss;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Plan;
import io.ranking4j.task.TaskGraph;
import java.util.Map;
import java.util.Optional;

/**
 * A way to build a network: a short function from the width of the input and the tasks to a plan.
 * Immutable and safe to share.
 */
public interface Architecture {
  /** What it is called on the command line and in provenance: {@code "resflow"}. */
  String name();

  /** Its options, for provenance. */
  Map<String, String> properties();

  /**
   * Builds the plan. Every task of the graph must have an output of its kind's width, in the
   * graph's order. Outputs that only the loss reads may follow; models are served without them.
   *
   * @param inputWidth columns of the input
   * @param tasks the tasks
   * @throws IllegalArgumentException where the architecture cannot have these tasks
   */
  Plan plan(int inputWidth, TaskGraph tasks);

  /**
   * Builds the plan for an input whose columns are known by name. Most architectures need to know
   * no more than how many there are.
   */
  default Plan plan(InputLayout input, TaskGraph tasks) {
    return plan(input.width(), tasks);
  }

  /**
   * The tasks as this architecture wants them linked; most take them as they are given. Training
   * asks before anything is built, and what is returned is what the model's tasks say.
   *
   * @param tasks the tasks as they are given
   * @param positives by task, how many positives it has in the training data, weighted
   */
  default TaskGraph link(TaskGraph tasks, Map<String, Double> positives) {
    return tasks;
  }

  /** How many times as wide as asked for the embeddings are whose feature leaves it open. */
  default int embeddingCopies(TaskGraph tasks) {
    return 1;
  }

  /** The features that only a bias reads, of which training drops some; none unless said. */
  default Optional<BiasInputs> biasInputs() {
    return Optional.empty();
  }

  /** The loss over its outputs; the tasks' own, weighted, unless it has one of its own. */
  default JointLoss loss(TaskGraph tasks) {
    return new WeightedLoss(tasks);
  }
}
