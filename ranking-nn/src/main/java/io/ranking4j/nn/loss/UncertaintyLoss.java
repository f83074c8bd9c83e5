package io.ranking4j.nn.loss;

import io.ranking4j.task.TaskGraph;
import java.util.Arrays;

/**
 * Tasks weighted by a learned homoscedastic uncertainty each, on top of their fixed weights.
 *
 * <ul>
 *   <li>{@link Form#KENDALL} (Kendall, Gal and Cipolla 2018), with {@code u = ln s^2}: {@code
 *       exp(-u) L + u / 2} for probabilities, {@code exp(-u) L / 2 + u / 2} for values; u starts at
 *       0. The total may be negative.
 *   <li>{@link Form#LIEBEL} (Liebel and Koerner 2018): {@code L / (2 c^2) + ln(1 + c^2)}; c starts
 *       at 1, and c^2 is kept above {@value #MIN_SQUARE}.
 * </ul>
 *
 * A task that no row of a batch belongs to leaves its uncertainty alone. The uncertainties take no
 * part in weight decay.
 */
public final class UncertaintyLoss implements JointLoss {
  /** Least c^2. */
  public static final double MIN_SQUARE = 1e-6;

  /** The two published forms. */
  public enum Form {
    /** By the logarithm of the variance. */
    KENDALL,
    /** With a regulariser that is never negative. */
    LIEBEL
  }

  private final TaskLosses losses;
  private final Form form;

  /** The loss of these tasks. */
  public UncertaintyLoss(TaskGraph tasks, Form form) {
    this.losses = new TaskLosses(tasks);
    this.form = form;
  }

  @Override
  public int parameterCount() {
    return losses.size();
  }

  @Override
  public float[] parameterStart() {
    float[] start = new float[losses.size()];
    Arrays.fill(start, form == Form.KENDALL ? 0f : 1f);
    return start;
  }

  @Override
  public double compute(LossBatch batch, float[] parameters, float[] parameterGradient) {
    losses.compute(batch);
    double sum = 0;
    for (int t = 0; t < losses.size(); t++) {
      parameterGradient[t] = 0;
      if (losses.used(t)) {
        sum +=
            form == Form.KENDALL
                ? kendall(batch, t, parameters[t], parameterGradient)
                : liebel(batch, t, parameters[t], parameterGradient);
      }
    }
    return sum;
  }

  private double kendall(LossBatch batch, int task, double u, float[] parameterGradient) {
    double weighted = losses.task(task).lossWeight() * losses.loss(task);
    double factor = (losses.task(task).kind().probability() ? 1 : 0.5) * Math.exp(-u);
    losses.scale(batch, task, losses.task(task).lossWeight() * factor);
    parameterGradient[task] = (float) (0.5 - factor * weighted);
    return factor * weighted + u / 2;
  }

  private double liebel(LossBatch batch, int task, double c, float[] parameterGradient) {
    double weighted = losses.task(task).lossWeight() * losses.loss(task);
    double square = Math.max(c * c, MIN_SQUARE);
    double floored = Math.copySign(Math.sqrt(square), c);
    losses.scale(batch, task, losses.task(task).lossWeight() / (2 * square));
    parameterGradient[task] = (float) (-weighted / (square * floored) + 2 * floored / (1 + square));
    return weighted / (2 * square) + Math.log1p(square);
  }
}
