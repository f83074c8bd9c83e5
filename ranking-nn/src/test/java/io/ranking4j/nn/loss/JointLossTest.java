package io.ranking4j.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JointLossTest {
  private static final TaskGraph TASKS =
      TaskGraph.of(
          Task.binary("click").lossWeight(2).positiveWeight(3),
          Task.of("seconds", new SquaredKind()).lossWeight(0.5),
          Task.binary("order"));

  @Test
  void should_weigh_the_means_of_the_tasks() {
    LossBatch batch =
        new LossBatch(
            2,
            new float[] {0, 1, 0, 0, 3, 0},
            new float[] {1, 0, 0, 0, 1, 0},
            new float[] {1, 1, 1, 1, 1, 1},
            new float[6]);

    double loss = new WeightedLoss(TASKS).compute(batch, new float[0], new float[0]);

    // click: 2 (3 ln 2 + ln 2) / 2; seconds: 0.5 (1 + 4) / 2; order: ln 2.
    assertThat(loss).isCloseTo(5 * Math.log(2) + 1.25, within(1e-6));
    assertThat(batch.gradient()).containsExactly(-1.5f, 0.5f, 0.25f, 0.5f, 1, 0.25f);
  }

  @Test
  void should_divide_by_the_rows_that_a_task_learns_from() {
    TaskGraph one = TaskGraph.of(Task.binary("click"));
    LossBatch batch =
        new LossBatch(
            4, new float[4], new float[] {1, 0, 1, 7}, new float[] {1, 0.5f, 0, 0}, new float[4]);

    double loss = new WeightedLoss(one).compute(batch, new float[0], new float[0]);

    // Two rows count, one of them half: neither the four of the batch nor the sum of weights.
    assertThat(loss).isCloseTo(1.5 * Math.log(2) / 2, within(1e-7));
    assertThat(batch.gradient()).containsExactly(-0.25f, 0.125f, 0, 0);
  }

  @Test
  void should_be_zero_for_a_task_without_rows() {
    LossBatch batch = random(3, 6);
    for (int r = 0; r < batch.rows(); r++) {
      batch.weights()[3 * r] = 0;
      batch.gradient()[3 * r] = 9;
    }
    for (UncertaintyLoss.Form form : UncertaintyLoss.Form.values()) {
      float[] parameters = {0.7f, 0.8f, 0.9f};
      float[] gradient = {9, 9, 9};

      double with = new UncertaintyLoss(TASKS, form).compute(batch, parameters, gradient);

      assertThat(gradient[0]).isZero();
      assertThat(gradient[1]).isNotZero();
      for (int r = 0; r < batch.rows(); r++) {
        assertThat(batch.gradient()[3 * r]).isZero();
      }
      parameters[0] = -2;
      assertThat(new UncertaintyLoss(TASKS, form).compute(batch, parameters, gradient))
          .isEqualTo(with);
    }
    assertThat(new WeightedLoss(TASKS).compute(batch, new float[0], new float[0])).isFinite();
  }

  @Test
  void should_have_numeric_gradients_when_weights_are_fixed() {
    checkGradients(new WeightedLoss(TASKS), new float[0]);
  }

  @ParameterizedTest
  @EnumSource(UncertaintyLoss.Form.class)
  void should_have_numeric_gradients_when_weights_are_learned(UncertaintyLoss.Form form) {
    UncertaintyLoss loss = new UncertaintyLoss(TASKS, form);
    assertThat(loss.parameterCount()).isEqualTo(3);
    assertThat(loss.parameterStart()).containsOnly(form == UncertaintyLoss.Form.KENDALL ? 0 : 1);
    checkGradients(loss, loss.parameterStart());
    checkGradients(loss, new float[] {0.5f, -0.75f, 1.5f});
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.4, 1, 3.5})
  void should_settle_where_the_papers_say(double size) {
    // A logit of label 0 with this loss, and a value with this squared error.
    float z = (float) Math.log(Math.expm1(size));
    float distance = (float) Math.sqrt(size);
    LossBatch batch =
        new LossBatch(
            1, new float[] {z, distance}, new float[] {0, 0}, new float[] {1, 1}, new float[2]);
    TaskGraph tasks = TaskGraph.of(Task.binary("a"), Task.of("b", new SquaredKind()));

    float[] kendall = settle(new UncertaintyLoss(tasks, UncertaintyLoss.Form.KENDALL), batch);
    assertThat(Math.exp(kendall[0])).isCloseTo(2 * size, within(1e-3 * size));
    assertThat(Math.exp(kendall[1])).isCloseTo(size, within(1e-3 * size));

    float[] liebel = settle(new UncertaintyLoss(tasks, UncertaintyLoss.Form.LIEBEL), batch);
    double square = (size + Math.sqrt(size * size + 8 * size)) / 4;
    assertThat((double) liebel[0] * liebel[0]).isCloseTo(square, within(1e-3 * square));
    assertThat((double) liebel[1] * liebel[1]).isCloseTo(square, within(1e-3 * square));
  }

  @Test
  void should_keep_the_square_off_zero() {
    UncertaintyLoss loss = new UncertaintyLoss(TASKS, UncertaintyLoss.Form.LIEBEL);
    float[] gradient = new float[3];

    double value = loss.compute(random(4, 5), new float[3], gradient);

    assertThat(value).isFinite().isPositive();
    for (float by : gradient) {
      assertThat(by).isFinite().isNegative();
    }
  }

  @Test
  void should_keep_the_gradient_of_confident_mistakes() {
    TaskGraph one = TaskGraph.of(Task.binary("click"));
    LossBatch batch =
        new LossBatch(
            4,
            new float[] {-20, -80, 80, 80},
            new float[] {1, 1, 0, 1},
            new float[] {1, 1, 1, 1},
            new float[4]);

    double loss = new WeightedLoss(one).compute(batch, new float[0], new float[0]);

    assertThat(loss).isCloseTo((20 + 80 + 80 + 0) / 4.0, within(1e-6));
    assertThat(batch.gradient()[0]).isCloseTo(-0.25f, within(1e-6f));
    assertThat(batch.gradient()[1]).isEqualTo(-0.25f);
    assertThat(batch.gradient()[2]).isEqualTo(0.25f);
    assertThat(batch.gradient()[3]).isCloseTo(0, within(1e-30f));
  }

  private static float[] settle(UncertaintyLoss loss, LossBatch batch) {
    float[] parameters = loss.parameterStart();
    float[] gradient = new float[parameters.length];
    for (int step = 0; step < 20_000; step++) {
      loss.compute(batch, parameters, gradient);
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] -= 0.01f * gradient[i];
      }
    }
    return parameters;
  }

  private static LossBatch random(long seed, int rows) {
    Random random = new Random(seed);
    int count = 3 * rows;
    float[] outputs = new float[count];
    float[] labels = new float[count];
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      outputs[i] = (float) random.nextGaussian();
      labels[i] = random.nextInt(2);
      weights[i] = random.nextInt(4) / 2f;
    }
    return new LossBatch(rows, outputs, labels, weights, new float[count]);
  }

  private static void checkGradients(JointLoss loss, float[] parameters) {
    double tolerance = 2e-3;
    float step = 1 / 512f;
    LossBatch batch = random(8, 7);
    float[] parameterGradient = new float[parameters.length];
    loss.compute(batch, parameters, parameterGradient);
    float[] gradient = batch.gradient().clone();
    float[] ignored = new float[parameters.length];
    for (int i = 0; i < gradient.length; i++) {
      double numeric = numeric(loss, batch, parameters, ignored, batch.outputs(), i, step);
      assertThat((double) gradient[i]).as("output " + i).isCloseTo(numeric, within(tolerance));
    }
    for (int i = 0; i < parameters.length; i++) {
      double numeric = numeric(loss, batch, parameters, ignored, parameters, i, step);
      assertThat((double) parameterGradient[i])
          .as("parameter " + i)
          .isCloseTo(numeric, within(tolerance));
    }
  }

  private static double numeric(
      JointLoss loss,
      LossBatch batch,
      float[] parameters,
      float[] ignored,
      float[] moved,
      int i,
      float step) {
    float value = moved[i];
    moved[i] = value + step;
    double above = loss.compute(batch, parameters, ignored);
    moved[i] = value - step;
    double below = loss.compute(batch, parameters, ignored);
    moved[i] = value;
    return (above - below) / (2 * step);
  }
}
