package io.ranking4j.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

class BiasedLossTest {
  private static final TaskGraph TASKS =
      TaskGraph.of(Task.binary("click"), Task.binary("order").given("click"), Task.binary("like"));

  @Test
  void should_be_the_loss_of_the_sums_with_their_derivatives_at_both_terms() {
    WeightedLoss plain = new WeightedLoss(TASKS);
    float[] labels = {1, 0, 0, 0, 1, 1};
    float[] weights = {1, 1, 2, 1, 0, 1};
    float[] sums = {0.75f, -0.5f, 1.25f, -1, 0.25f, 3};
    float[] expected = new float[6];
    double loss =
        plain.compute(
            new LossBatch(2, sums, labels, weights, expected), new float[0], new float[0]);

    BiasedLoss biased = new BiasedLoss(plain, TASKS, List.of("click", "like"), 3);
    float[] outputs = {0.5f, -0.5f, 1, 0.25f, 0.25f, -2, 0.25f, 2, 1, 1};
    float[] gradient = new float[10];
    assertThat(
            biased.compute(
                new LossBatch(2, outputs, labels, weights, gradient), new float[0], new float[0]))
        .isEqualTo(loss);
    assertThat(gradient)
        .containsExactly(
            expected[0],
            expected[1],
            expected[2],
            expected[0],
            expected[2],
            expected[3],
            expected[4],
            expected[5],
            expected[3],
            expected[5]);
  }

  @Test
  void should_refuse_a_task_that_is_none() {
    assertThatThrownBy(
            () -> new BiasedLoss(new WeightedLoss(TASKS), TASKS, List.of("click", "save"), 3))
        .hasMessage("biased tasks must be among [click, order, like], but were [click, save]");
  }
}
