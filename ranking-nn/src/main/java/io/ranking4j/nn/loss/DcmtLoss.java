package io.ranking4j.nn.loss;

import io.ranking4j.task.TaskGraph;
import java.util.List;

/**
 * The loss of DCMT (Zhu et al. 2023). A task without a parent has its own loss, a dependent one its
 * own on the product over all impressions, and that of its twin tower: with o the parent's label, q
 * the parent's probability (clipped), p the probability given the parent and p* that of the
 * counterfactual head,
 *
 * <p>{@code mean(o BCE(r, p) / q + (1 - o) BCE(1 - r, p*) / (1 - q) + lambda |1 - (p + p*)|)}.
 *
 * <p>No gradient reaches q. The prior is on all impressions. Where weights are self-normalised, the
 * two weighted means are sums of weights that sum to 1; they are not divided by the number of
 * impressions once more.
 *
 * <p>Outputs are those of the tasks, then for each dependent task the logits of p and of p*.
 */
public final class DcmtLoss implements JointLoss {
  private final TaskLosses losses;
  private final List<Link> links;
  private final DcmtOptions options;

  /** The loss of these tasks. */
  public DcmtLoss(TaskGraph tasks, DcmtOptions options) {
    this.links = Link.of(tasks);
    this.losses = new TaskLosses(tasks, 2 * links.size());
    this.options = options;
  }

  @Override
  public double compute(LossBatch batch, float[] parameters, float[] parameterGradient) {
    losses.compute(batch);
    double sum = 0;
    for (int t = 0; t < losses.size(); t++) {
      int task = t;
      boolean dependent = links.stream().anyMatch(link -> link.child() == task);
      double weight = losses.task(t).lossWeight() * (dependent ? options.productWeight() : 1);
      losses.scale(batch, t, weight);
      sum += weight * losses.loss(t);
    }
    for (int i = 0; i < links.size(); i++) {
      sum += twin(batch, links.get(i), i);
    }
    return sum;
  }

  /** One over the probability of what happened to the parent. */
  private double inversePropensity(LossBatch batch, Link link, int row) {
    double logit = batch.outputs()[row * losses.outputWidth() + losses.column(link.parent())];
    double floor = options.propensityFloor();
    double propensity = Math.min(Math.max(Link.sigmoid(logit), floor), 1 - floor);
    return 1 / (link.happened(batch, losses.size(), row) ? propensity : 1 - propensity);
  }

  private double twin(LossBatch batch, Link link, int number) {
    double rows = 0;
    double clicked = 0;
    double unclicked = 0;
    for (int r = 0; r < batch.rows(); r++) {
      float weight = link.weight(batch, losses.size(), r);
      if (weight > 0) {
        rows++;
        double inverse = weight * inversePropensity(batch, link, r);
        if (link.happened(batch, losses.size(), r)) {
          clicked += inverse;
        } else {
          unclicked += inverse;
        }
      }
    }
    double lambda = losses.task(link.child()).lossWeight() * options.cvrWeight();
    double sum = 0;
    for (int r = 0; r < batch.rows(); r++) {
      float weight = link.weight(batch, losses.size(), r);
      if (weight > 0) {
        double all = link.happened(batch, losses.size(), r) ? clicked : unclicked;
        double denominator = options.selfNormalised() ? all : rows;
        double share = lambda * weight * inversePropensity(batch, link, r) / denominator;
        sum += row(batch, link, number, r, share, lambda * weight / rows);
      }
    }
    return sum;
  }

  private double row(
      LossBatch batch, Link link, int number, int row, double share, double unweighted) {
    int factual = row * losses.outputWidth() + losses.extraColumn(2 * number);
    int counterfactual = factual + 1;
    boolean happened = link.happened(batch, losses.size(), row);
    boolean label = link.followed(batch, losses.size(), row) == happened;
    int learns = happened ? factual : counterfactual;
    double logit = batch.outputs()[learns];
    batch.gradient()[learns] = (float) (share * (Link.sigmoid(logit) - (label ? 1 : 0)));
    double loss = share * Link.crossEntropy(label, logit);

    double p = Link.sigmoid(batch.outputs()[factual]);
    double other = Link.sigmoid(batch.outputs()[counterfactual]);
    double missing = 1 - (p + other);
    double prior = unweighted * options.priorWeight();
    double slope = -Math.signum(missing) * prior;
    batch.gradient()[factual] += (float) (slope * p * (1 - p));
    batch.gradient()[counterfactual] += (float) (slope * other * (1 - other));
    return loss + prior * Math.abs(missing);
  }
}
