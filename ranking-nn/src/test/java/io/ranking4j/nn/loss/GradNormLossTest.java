package io.ranking4j.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GradNormLossTest {
  private static final TaskGraph TASKS =
      TaskGraph.of(Task.binary("a").lossWeight(2), Task.binary("b"), Task.binary("c"));

  private static LossBatch batch() {
    float[] weights = new float[6];
    Arrays.fill(weights, 1);
    return new LossBatch(
        2, new float[] {1, 0, -1, 0, 2, 0}, new float[] {1, 0, 1, 0, 0, 1}, weights, new float[6]);
  }

  @Test
  void should_be_the_weighted_loss_at_first() {
    LossBatch batch = batch();
    LossBatch same = batch();

    double loss = new GradNormLoss(TASKS, 1.5).compute(batch, new float[0], new float[0]);

    assertThat(loss).isEqualTo(new WeightedLoss(TASKS).compute(same, new float[0], new float[0]));
    assertThat(batch.gradient()).containsExactly(same.gradient());
  }

  @Test
  void should_weigh_down_the_task_whose_gradient_is_longest() {
    GradNormLoss loss = new GradNormLoss(TASKS, 1.5);
    loss.compute(batch(), new float[0], new float[0]);
    assertThat(loss.due()).isTrue();

    loss.balance(new double[] {4, 1, 1});

    double[] weights = loss.weights();
    double[] expected = {Math.exp(-0.025 * 2), Math.exp(0.025 * 0.5), Math.exp(0.025 * 0.5)};
    double sum = Arrays.stream(expected).sum();
    for (int t = 0; t < 3; t++) {
      assertThat(weights[t]).isCloseTo(3 * expected[t] / sum, within(1e-12));
    }
    loss.compute(batch(), new float[0], new float[0]);
    assertThat(loss.due()).isFalse();
  }

  @Test
  void should_even_out_lengths_when_losses_stay_as_they_are() {
    GradNormLoss loss = new GradNormLoss(TASKS, 1.5);
    for (int i = 0; i < 2000; i++) {
      loss.compute(batch(), new float[0], new float[0]);
      double[] weights = loss.weights();
      loss.balance(new double[] {weights[0], 2 * weights[1], 4 * weights[2]});
    }

    double[] weights = loss.weights();
    assertThat(weights[0] / weights[1]).isCloseTo(2, within(0.2));
    assertThat(weights[1] / weights[2]).isCloseTo(2, within(0.2));
  }

  @Test
  void should_leave_a_task_without_rows_alone() {
    GradNormLoss loss = new GradNormLoss(TASKS, 1.5);
    LossBatch batch = batch();
    batch.weights()[2] = 0;
    batch.weights()[5] = 0;
    loss.compute(batch, new float[0], new float[0]);

    loss.balance(new double[] {3, 1, 0});

    assertThat(loss.weights()[0]).isLessThan(loss.weights()[1]);
    assertThat(Arrays.stream(loss.weights()).sum()).isCloseTo(3, within(1e-9));
  }

  @Test
  void should_give_the_gradient_of_one_task() {
    GradNormLoss loss = new GradNormLoss(TASKS, 1.5);
    LossBatch batch = batch();
    loss.compute(batch, new float[0], new float[0]);
    float[] only = {9, 9, 9, 9, 9, 9};

    loss.gradientOf(1, batch, only);

    assertThat(only).containsExactly(0, batch.gradient()[1], 0, 0, batch.gradient()[4], 0);
  }
}
