package io.ranking4j.nn.loss;

import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * A task and the one that it depends on, by their places among the tasks.
 *
 * @param child the dependent task
 * @param parent the other
 */
record Link(int child, int parent) {
  /** The dependencies, in the order of the dependent tasks. */
  static List<Link> of(TaskGraph graph) {
    List<Link> links = new ArrayList<>();
    List<String> names = graph.names();
    for (Task task : graph.tasks()) {
      graph
          .parent(task.name())
          .ifPresent(
              parent ->
                  links.add(new Link(names.indexOf(task.name()), names.indexOf(parent.name()))));
    }
    return links;
  }

  /** How much a row counts for both: 0 where either task does not learn from it. */
  float weight(LossBatch batch, int tasks, int row) {
    float ofParent = batch.weights()[row * tasks + parent];
    return ofParent > 0 ? batch.weights()[row * tasks + child] : 0;
  }

  /** The label of the parent. */
  boolean happened(LossBatch batch, int tasks, int row) {
    return batch.labels()[row * tasks + parent] == 1;
  }

  /** The label of the dependent task. */
  boolean followed(LossBatch batch, int tasks, int row) {
    return batch.labels()[row * tasks + child] == 1;
  }

  /** The loss of a probability that is given as a logit. */
  static double crossEntropy(boolean label, double logit) {
    return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - (label ? logit : 0);
  }

  /** The probability of a logit. */
  static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
