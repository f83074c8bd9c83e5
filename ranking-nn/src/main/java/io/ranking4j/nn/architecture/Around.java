package io.ranking4j.nn.architecture;

import io.ranking4j.nn.loss.JointLoss;
import io.ranking4j.task.TaskGraph;
import java.util.Map;
import java.util.Optional;

/**
 * An architecture that adds something to another one. Whatever it does not change is the other
 * one's.
 */
public interface Around extends Architecture {
  /** The other architecture. */
  Architecture inner();

  @Override
  default TaskGraph link(TaskGraph tasks, Map<String, Double> positives) {
    return inner().link(tasks, positives);
  }

  @Override
  default int embeddingCopies(TaskGraph tasks) {
    return inner().embeddingCopies(tasks);
  }

  @Override
  default Optional<BiasInputs> biasInputs() {
    return inner().biasInputs();
  }

  @Override
  default JointLoss loss(TaskGraph tasks) {
    return inner().loss(tasks);
  }
}
