package io.ranking4j.nn.loss;

import io.ranking4j.nn.loss.Escm2Options.Normaliser;
import io.ranking4j.task.TaskGraph;
import java.util.List;

/**
 * The loss of ESCM² (Wang et al. 2022). A task without a parent has its own loss, a dependent one
 * its own on the product over all impressions (times the global weight) and a counterfactual risk
 * of its probability given the parent. With o the parent's label, {@code delta} the cross entropy
 * of that probability, and {@code q} the parent's probability, clipped from below:
 *
 * <ul>
 *   <li>IPW: {@code sum o delta / q}, divided by what the {@link Normaliser} says;
 *   <li>DR, with {@code dhat} the imputed loss, which may be any number above 0: {@code mean(dhat +
 *       o (delta - dhat) / q)}, and {@code mean(o (delta - dhat)^2 / q)} to learn dhat.
 * </ul>
 *
 * <p>No gradient reaches q: otherwise the parent's tower would learn to make clicks probable where
 * conversions are lost.
 *
 * <p>Outputs are those of the tasks, then for each dependent task its logit given the parent and,
 * with DR, the imputed loss.
 */
public final class Escm2Loss implements JointLoss {
  private final TaskLosses losses;
  private final List<Link> links;
  private final boolean doublyRobust;
  private final Escm2Options options;

  /** The loss of these tasks. */
  public Escm2Loss(TaskGraph tasks, boolean doublyRobust, Escm2Options options) {
    this.links = Link.of(tasks);
    this.losses = new TaskLosses(tasks, links.size() * (doublyRobust ? 2 : 1));
    this.doublyRobust = doublyRobust;
    this.options = options;
  }

  @Override
  public double compute(LossBatch batch, float[] parameters, float[] parameterGradient) {
    losses.compute(batch);
    double sum = 0;
    for (int t = 0; t < losses.size(); t++) {
      int task = t;
      boolean dependent = links.stream().anyMatch(link -> link.child() == task);
      double weight = losses.task(t).lossWeight() * (dependent ? options.globalWeight() : 1);
      losses.scale(batch, t, weight);
      sum += weight * losses.loss(t);
    }
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      double weight = losses.task(link.child()).lossWeight() * options.cvrWeight();
      sum += doublyRobust ? robust(batch, link, i, weight) : weighted(batch, link, i, weight);
    }
    return sum;
  }

  private double inversePropensity(LossBatch batch, Link link, int row) {
    double logit = batch.outputs()[row * losses.outputWidth() + losses.column(link.parent())];
    return 1 / Math.max(Link.sigmoid(logit), options.propensityFloor());
  }

  private double normaliser(LossBatch batch, Link link) {
    double rows = 0;
    double clicks = 0;
    double weights = 0;
    for (int r = 0; r < batch.rows(); r++) {
      float weight = link.weight(batch, losses.size(), r);
      if (weight > 0) {
        rows++;
        if (link.happened(batch, losses.size(), r)) {
          clicks++;
          weights += weight * inversePropensity(batch, link, r);
        }
      }
    }
    return switch (options.normaliser()) {
      case IMPRESSIONS -> Math.max(1, rows);
      case CLICKS -> Math.max(1, clicks);
      case WEIGHTS -> Math.max(1, weights);
    };
  }

  private double weighted(LossBatch batch, Link link, int number, double lambda) {
    double scale = lambda / normaliser(batch, link);
    double sum = 0;
    for (int r = 0; r < batch.rows(); r++) {
      float weight = link.weight(batch, losses.size(), r);
      if (weight > 0 && link.happened(batch, losses.size(), r)) {
        int at = r * losses.outputWidth() + losses.extraColumn(number);
        double logit = batch.outputs()[at];
        boolean label = link.followed(batch, losses.size(), r);
        double share = scale * weight * inversePropensity(batch, link, r);
        sum += share * Link.crossEntropy(label, logit);
        batch.gradient()[at] = (float) (share * (Link.sigmoid(logit) - (label ? 1 : 0)));
      }
    }
    return sum;
  }

  private double robust(LossBatch batch, Link link, int number, double lambda) {
    int rows = 0;
    for (int r = 0; r < batch.rows(); r++) {
      rows += link.weight(batch, losses.size(), r) > 0 ? 1 : 0;
    }
    double sum = 0;
    for (int r = 0; r < batch.rows(); r++) {
      float weight = link.weight(batch, losses.size(), r);
      if (weight > 0) {
        sum += robust(batch, link, r, number, lambda * weight / rows);
      }
    }
    return sum;
  }

  private double robust(LossBatch batch, Link link, int row, int number, double share) {
    int at = row * losses.outputWidth() + losses.extraColumn(2 * number);
    double logit = batch.outputs()[at];
    double imputed = batch.outputs()[at + 1];
    boolean together = !options.separate();
    if (!link.happened(batch, losses.size(), row)) {
      batch.gradient()[at + 1] = together ? (float) share : 0;
      return share * imputed;
    }
    boolean label = link.followed(batch, losses.size(), row);
    double inverse = inversePropensity(batch, link, row);
    double error = Link.crossEntropy(label, logit) - imputed;
    double slope = Link.sigmoid(logit) - (label ? 1 : 0);
    batch.gradient()[at] = (float) (share * inverse * slope * (together ? 1 + 2 * error : 1));
    batch.gradient()[at + 1] =
        (float) (share * ((together ? 1 - inverse : 0) - 2 * inverse * error));
    return share * (imputed + inverse * error + inverse * error * error);
  }
}
