package io.ranking4j.nn.loss;

import io.ranking4j.task.TaskGraph;

/** The sum of the tasks' losses, each times its fixed weight. */
public final class WeightedLoss implements JointLoss {
  private final TaskLosses losses;

  /** The loss of these tasks, with the weights that they carry. */
  public WeightedLoss(TaskGraph tasks) {
    losses = new TaskLosses(tasks);
  }

  @Override
  public double compute(LossBatch batch, float[] parameters, float[] parameterGradient) {
    return losses.weighted(batch);
  }
}
