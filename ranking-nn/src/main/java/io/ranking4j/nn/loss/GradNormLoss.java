package io.ranking4j.nn.loss;

import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.task.TaskGraph;
import java.util.Arrays;

/**
 * Tasks weighted so that they train at similar rates (GradNorm, Chen et al. 2018), on top of their
 * fixed weights. With G_t the length of the gradient of a task's weighted loss by what is shared
 * and r_t its loss against that of its first batch, relative to the mean over tasks, each weight is
 * moved so that G_t approaches {@code mean(G) r_t^alpha}; weights sum to the number of tasks.
 *
 * <p>What is shared is the input of the network, the embeddings of the batch, which every
 * architecture has. It is done at every {@link #INTERVAL}th batch, since it runs the network
 * backward once for each task. The step is taken on the logarithm of a weight, with lengths
 * relative to their mean, so that weights stay positive and the step does not depend on the scale
 * of the losses. A task that no row of the batch belongs to keeps its weight.
 */
public final class GradNormLoss implements BalancedLoss {
  /** How strongly rates are evened out when nothing else is said: the paper's. */
  public static final double DEFAULT_ALPHA = 1.5;

  /** The step on the logarithm of a weight. */
  public static final double STEP = 0.025;

  /** Every so many batches the weights are moved. */
  public static final int INTERVAL = 10;

  private final TaskLosses losses;
  private final double alpha;
  private final double[] weights;
  private final double[] first;
  private long batches;

  /**
   * The loss of these tasks.
   *
   * @param alpha how strongly rates are evened out, at least 0
   */
  public GradNormLoss(TaskGraph tasks, double alpha) {
    if (!(alpha >= 0) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException("alpha must be finite and at least 0, but was " + alpha);
    }
    this.losses = new TaskLosses(tasks);
    this.alpha = alpha;
    this.weights = new double[losses.size()];
    this.first = new double[losses.size()];
    Arrays.fill(weights, 1);
  }

  /** The weights as they are now, by task: a copy. */
  public double[] weights() {
    return weights.clone();
  }

  @Override
  public double compute(LossBatch batch, float[] parameters, float[] parameterGradient) {
    losses.compute(batch);
    batches++;
    double sum = 0;
    for (int t = 0; t < weights.length; t++) {
      if (first[t] == 0 && losses.used(t)) {
        first[t] = losses.loss(t);
      }
      double weight = weights[t] * losses.task(t).lossWeight();
      losses.scale(batch, t, weight);
      sum += weight * losses.loss(t);
    }
    return sum;
  }

  @Override
  public boolean due() {
    return batches % INTERVAL == 1;
  }

  @Override
  public int tasks() {
    return weights.length;
  }

  @Override
  public void gradientOf(int task, LossBatch batch, float[] gradient) {
    Arrays.fill(gradient, 0);
    int width = losses.task(task).kind().width();
    for (int r = 0; r < batch.rows(); r++) {
      int at = r * losses.outputWidth() + losses.column(task);
      System.arraycopy(batch.gradient(), at, gradient, at, width);
    }
  }

  @Override
  public void balance(double[] lengths) {
    double length = 0;
    double rate = 0;
    int used = 0;
    for (int t = 0; t < weights.length; t++) {
      if (takesPart(t, lengths)) {
        length += lengths[t];
        rate += losses.loss(t) / first[t];
        used++;
      }
    }
    if (used < 2) {
      return;
    }
    double meanLength = length / used;
    double meanRate = rate / used;
    double total = 0;
    double before = Arrays.stream(weights).sum();
    for (int t = 0; t < weights.length; t++) {
      if (takesPart(t, lengths)) {
        double relative = losses.loss(t) / first[t] / meanRate;
        double excess = lengths[t] / meanLength - Math.pow(relative, alpha);
        weights[t] *= Math.exp(-STEP * Math.signum(excess) * lengths[t] / meanLength);
      }
      total += weights[t];
    }
    for (int t = 0; t < weights.length; t++) {
      weights[t] *= before / total;
    }
  }

  @Override
  public void save(StateWriter state) {
    state.doubles("weights", weights.clone());
    state.doubles("first", first.clone());
    state.longs("batches", batches);
  }

  @Override
  public void load(StateReader state) {
    System.arraycopy(state.doubles("weights", weights.length), 0, weights, 0, weights.length);
    System.arraycopy(state.doubles("first", first.length), 0, first, 0, first.length);
    batches = state.number("batches");
  }

  private boolean takesPart(int task, double[] lengths) {
    return losses.used(task) && first[task] > 0 && lengths[task] > 0;
  }
}
