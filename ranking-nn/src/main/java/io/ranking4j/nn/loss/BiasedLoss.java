package io.ranking4j.nn.loss;

import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Another loss on logits to each of which a bias is added first, so that both the logit and its
 * bias have the derivative by their sum. The outputs are those of the other loss, then a bias for
 * each biased task, in their order.
 */
public final class BiasedLoss implements JointLoss {
  private final JointLoss inner;
  private final int innerWidth;

  /** By bias, the column of the logit that it is added to. */
  private final int[] columns;

  private float[] outputs = {};
  private float[] gradient = {};

  /**
   * The loss with biases.
   *
   * @param inner the other loss
   * @param tasks the tasks
   * @param biased the names of the tasks that have a bias; each has one output
   * @param innerWidth how many outputs the other loss reads
   */
  public BiasedLoss(JointLoss inner, TaskGraph tasks, List<String> biased, int innerWidth) {
    this.inner = inner;
    this.innerWidth = innerWidth;
    List<Integer> found = new ArrayList<>();
    int column = 0;
    for (Task task : tasks.tasks()) {
      if (biased.contains(task.name())) {
        found.add(column);
      }
      column += task.kind().width();
    }
    if (found.size() != biased.size()) {
      throw new IllegalArgumentException(
          "biased tasks must be among " + tasks.names() + ", but were " + biased);
    }
    this.columns = found.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public int parameterCount() {
    return inner.parameterCount();
  }

  @Override
  public float[] parameterStart() {
    return inner.parameterStart();
  }

  @Override
  public void save(StateWriter state) {
    inner.save(state);
  }

  @Override
  public void load(StateReader state) {
    inner.load(state);
  }

  @Override
  public double compute(LossBatch batch, float[] parameters, float[] parameterGradient) {
    int width = innerWidth + columns.length;
    int needed = batch.rows() * innerWidth;
    if (outputs.length < needed) {
      outputs = new float[needed];
      gradient = new float[needed];
    }
    for (int r = 0; r < batch.rows(); r++) {
      System.arraycopy(batch.outputs(), r * width, outputs, r * innerWidth, innerWidth);
      for (int b = 0; b < columns.length; b++) {
        outputs[r * innerWidth + columns[b]] += batch.outputs()[r * width + innerWidth + b];
      }
    }
    LossBatch sums =
        new LossBatch(batch.rows(), outputs, batch.labels(), batch.weights(), gradient);
    double loss = inner.compute(sums, parameters, parameterGradient);
    for (int r = 0; r < batch.rows(); r++) {
      System.arraycopy(gradient, r * innerWidth, batch.gradient(), r * width, innerWidth);
      for (int b = 0; b < columns.length; b++) {
        batch.gradient()[r * width + innerWidth + b] = gradient[r * innerWidth + columns[b]];
      }
    }
    return loss;
  }
}
