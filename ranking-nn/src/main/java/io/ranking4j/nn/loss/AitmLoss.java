package io.ranking4j.nn.loss;

import io.ranking4j.task.TaskGraph;
import java.util.List;

/**
 * The weighted losses of the tasks, and AITM's calibrator: {@code lambda mean(sum_k max(p_k -
 * p_parent, 0))}, over the rows that both tasks learn from. It is a mean: where it is a sum, as in
 * a public implementation, lambda depends on the size of the batch. Its gradient reaches both
 * tasks. What positive weights do to the probabilities is undone before they are compared.
 */
public final class AitmLoss implements JointLoss {
  private final TaskLosses losses;
  private final List<Link> links;
  private final double lambda;

  /**
   * The loss of these tasks.
   *
   * @param lambda the weight of the calibrator, at least 0
   */
  public AitmLoss(TaskGraph tasks, double lambda) {
    this.losses = new TaskLosses(tasks);
    this.links = Link.of(tasks);
    this.lambda = lambda;
  }

  @Override
  public double compute(LossBatch batch, float[] parameters, float[] parameterGradient) {
    double sum = losses.weighted(batch);
    for (Link link : links) {
      sum += calibrate(batch, link);
    }
    return sum;
  }

  private double calibrate(LossBatch batch, Link link) {
    int used = 0;
    for (int r = 0; r < batch.rows(); r++) {
      used += link.weight(batch, losses.size(), r) > 0 ? 1 : 0;
    }
    double sum = 0;
    for (int r = 0; r < batch.rows(); r++) {
      float weight = link.weight(batch, losses.size(), r);
      int child = r * losses.outputWidth() + losses.column(link.child());
      int parent = r * losses.outputWidth() + losses.column(link.parent());
      double p = probability(batch, link.child(), child);
      double ofParent = probability(batch, link.parent(), parent);
      if (weight > 0 && p > ofParent) {
        double share = lambda * weight / used;
        sum += share * (p - ofParent);
        batch.gradient()[child] += (float) (share * p * (1 - p));
        batch.gradient()[parent] -= (float) (share * ofParent * (1 - ofParent));
      }
    }
    return sum;
  }

  private double probability(LossBatch batch, int task, int at) {
    return Link.sigmoid(batch.outputs()[at] - Math.log(losses.task(task).positiveWeight()));
  }
}
