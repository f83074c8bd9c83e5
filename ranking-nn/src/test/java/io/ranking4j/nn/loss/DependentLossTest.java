package io.ranking4j.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.nn.loss.Escm2Options.Normaliser;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Losses that couple a task with the one it depends on, against their formulas in double. */
class DependentLossTest {
  private static final int ROWS = 12;
  private static final double STEP = 1e-3;
  private static final TaskGraph TASKS =
      TaskGraph.of(
          Task.binary("click").lossWeight(2),
          Task.binary("order").residual(Residual.none("click")).lossWeight(0.7));
  private static final TaskGraph CHAIN =
      TaskGraph.of(
          Task.binary("pay").residual(Residual.none("order")),
          Task.binary("click"),
          Task.binary("order").residual(Residual.none("click")));

  @Test
  void should_weigh_clicked_losses_by_inverse_propensities() {
    for (Normaliser normaliser : Normaliser.values()) {
      Escm2Options options = Escm2Options.defaults().weights(1, 0).normaliser(normaliser);
      LossBatch batch = batch(new float[] {0, 0, 0.3f, -9, 0, 1, -1, 0, -0.5f}, 3);
      labels(batch, 1, 1, 1, 0, 0, 0);
      TaskGraph tasks =
          TaskGraph.of(
              Task.binary("click").lossWeight(0),
              Task.binary("order").residual(Residual.none("click")));

      double loss = new Escm2Loss(tasks, false, options).compute(batch, none(), none());

      // Propensities 1/2, and the floor of 0.05 instead of sigmoid(-9); the third is no click.
      double first = 2 * Math.log1p(Math.exp(-0.3));
      double second = 20 * Math.log1p(Math.exp(1));
      double by =
          switch (normaliser) {
            case IMPRESSIONS -> 3;
            case CLICKS -> 2;
            case WEIGHTS -> 22;
          };
      assertThat(loss).as("%s", normaliser).isCloseTo((first + second) / by, within(1e-6));
      double expected = 2 * (1 / (1 + Math.exp(-0.3)) - 1) / by;
      assertThat((double) batch.gradient()[2]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void should_impute_losses_where_they_are_not_seen() {
    TaskGraph tasks =
        TaskGraph.of(
            Task.binary("click").lossWeight(0),
            Task.binary("order").residual(Residual.none("click")));
    // Outputs: click, product, given click, imputed loss; one clicked row and one that is not.
    LossBatch batch = batch(new float[] {0, 0, 0, 2.5f, 0, 0, 0, 0.4f}, 2);
    labels(batch, 1, 0, 0, 0);

    double loss =
        new Escm2Loss(tasks, true, Escm2Options.defaults().weights(1, 0))
            .compute(batch, none(), none());

    double error = Math.log(2) - 2.5;
    assertThat(loss).isCloseTo((2.5 + 2 * error + 2 * error * error + 0.4) / 2, within(1e-6));
    // The probability learns from the weighted loss, the imputation from its error alone.
    assertThat(batch.gradient()[2]).isCloseTo(0.5f, within(1e-6f));
    assertThat((double) batch.gradient()[3]).isCloseTo(-2 * error, within(1e-5));
    assertThat(batch.gradient()[6]).isZero();
    assertThat(batch.gradient()[7]).isZero();
  }

  @Test
  void should_give_no_gradient_to_propensities() {
    TaskGraph tasks =
        TaskGraph.of(
            Task.binary("click").lossWeight(0),
            Task.binary("order").residual(Residual.none("click")));
    List<JointLoss> losses =
        List.of(
            new Escm2Loss(tasks, false, Escm2Options.defaults().weights(1, 0)),
            new Escm2Loss(tasks, true, Escm2Options.defaults().weights(1, 0)),
            new Escm2Loss(tasks, true, Escm2Options.defaults().weights(1, 0).together()),
            new DcmtLoss(tasks, DcmtOptions.defaults().weights(1, 0)),
            new DcmtLoss(tasks, DcmtOptions.defaults().weights(1, 0).selfNormalising()));
    for (JointLoss loss : losses) {
      int width = loss == losses.get(0) ? 3 : 4;
      LossBatch batch = random(5, 2, width);
      assertThat(loss.compute(batch, none(), none())).isPositive();
      float most = 0;
      for (int i = 0; i < batch.gradient().length; i++) {
        if (i % width < 2) {
          assertThat(batch.gradient()[i]).as("%s, output %d", loss, i).isZero();
        }
        most = Math.max(most, Math.abs(batch.gradient()[i]));
      }
      assertThat(most).isPositive();
    }
  }

  @Test
  void should_give_the_gradient_of_the_loss_when_propensities_are_held() {
    for (long seed = 1; seed <= 5; seed++) {
      for (Normaliser normaliser : Normaliser.values()) {
        Escm2Options options = Escm2Options.defaults().normaliser(normaliser);
        checkGiven("ipw " + normaliser, new Escm2Loss(TASKS, false, options), seed, 3, 2);
      }
      Escm2Options together = Escm2Options.defaults().together();
      checkGiven("dr", new Escm2Loss(TASKS, true, together), seed, 4, 2, 3);
      checkGiven("dcmt", new DcmtLoss(TASKS, DcmtOptions.defaults()), seed, 4, 2, 3);
      DcmtOptions prior = DcmtOptions.defaults().priorWeight(0.8).selfNormalising();
      checkGiven("dcmt, prior", new DcmtLoss(TASKS, prior), seed, 4, 2, 3);
      checkGiven("aitm", new AitmLoss(CHAIN, 2), seed, 3, 0, 1, 2);
    }
  }

  /** Compares with central differences in those columns that nothing is stopped in. */
  private static void checkGiven(
      String name, JointLoss loss, long seed, int width, Integer... columns) {
    int tasks = loss instanceof AitmLoss ? 3 : 2;
    LossBatch batch = random(seed, tasks, width);
    loss.compute(batch, none(), none());
    float[] gradient = batch.gradient().clone();
    for (int i = 0; i < gradient.length; i++) {
      if (!Arrays.asList(columns).contains(i % width)) {
        continue;
      }
      float at = batch.outputs()[i];
      batch.outputs()[i] = (float) (at + STEP);
      double above = batch.outputs()[i];
      double up = loss.compute(batch, none(), none());
      batch.outputs()[i] = (float) (at - STEP);
      double below = batch.outputs()[i];
      double down = loss.compute(batch, none(), none());
      batch.outputs()[i] = at;
      assertThat((double) gradient[i])
          .as("%s, seed %d, output %d", name, seed, i)
          .isCloseTo((up - down) / (above - below), within(2e-4));
    }
  }

  @Test
  void should_flip_labels_where_the_parent_did_not_happen() {
    TaskGraph tasks =
        TaskGraph.of(
            Task.binary("click").lossWeight(0),
            Task.binary("order").residual(Residual.none("click")));
    // Outputs: click, product, p, p*.
    LossBatch batch = batch(new float[] {0, 0, 1, 2, 0, 0, 1, 2}, 2);
    labels(batch, 1, 1, 0, 0);

    double loss =
        new DcmtLoss(tasks, DcmtOptions.defaults().weights(1, 0).priorWeight(0))
            .compute(batch, none(), none());

    double clicked = 2 * Math.log1p(Math.exp(-1));
    double unclicked = 2 * Math.log1p(Math.exp(-2));
    assertThat(loss).isCloseTo((clicked + unclicked) / 2, within(1e-6));
    assertThat(batch.gradient()[3]).isZero();
    assertThat(batch.gradient()[6]).isZero();
  }

  @Test
  void should_punish_a_task_that_is_more_probable_than_its_parent() {
    TaskGraph tasks =
        TaskGraph.of(
            Task.binary("click").lossWeight(0),
            Task.binary("order").lossWeight(0).residual(Residual.none("click")));
    LossBatch batch = batch(new float[] {0, 1, 1, 0}, 2);
    labels(batch, 1, 1, 0, 0);

    double loss = new AitmLoss(tasks, 0.6).compute(batch, none(), none());

    double p = 1 / (1 + Math.exp(-1));
    assertThat(loss).isCloseTo(0.6 * (p - 0.5) / 2, within(1e-7));
    assertThat((double) batch.gradient()[1]).isCloseTo(0.3 * p * (1 - p), within(1e-6));
    assertThat(batch.gradient()[0]).isCloseTo(-0.3f * 0.25f, within(1e-6f));
    assertThat(batch.gradient()[2]).isZero();
  }

  @Test
  void should_ignore_rows_that_either_task_does_not_learn_from() {
    for (JointLoss loss :
        List.of(
            new Escm2Loss(TASKS, true, Escm2Options.defaults()),
            new DcmtLoss(TASKS, DcmtOptions.defaults()))) {
      LossBatch batch = random(3, 2, 4);
      batch.weights()[0] = 0;
      batch.weights()[3] = 0;
      batch.gradient()[2] = 9;
      batch.gradient()[7] = 9;
      double all = loss.compute(batch, none(), none());
      assertThat(batch.gradient()[2]).isZero();
      assertThat(batch.gradient()[7]).isZero();
      batch.outputs()[2] = 30;
      batch.outputs()[7] = 30;
      assertThat(loss.compute(batch, none(), none())).isEqualTo(all);
    }
  }

  private static float[] none() {
    return new float[0];
  }

  private static LossBatch batch(float[] outputs, int rows) {
    float[] weights = new float[rows * 2];
    Arrays.fill(weights, 1);
    return new LossBatch(rows, outputs, new float[rows * 2], weights, new float[outputs.length]);
  }

  private static void labels(LossBatch batch, float... labels) {
    System.arraycopy(labels, 0, batch.labels(), 0, labels.length);
  }

  private static LossBatch random(long seed, int tasks, int width) {
    Random random = new Random(seed);
    float[] outputs = new float[ROWS * width];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (float) random.nextGaussian();
      if (width == 4 && i % width == 3) {
        outputs[i] = Math.abs(outputs[i]);
      }
    }
    float[] labels = new float[ROWS * tasks];
    float[] weights = new float[ROWS * tasks];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(2);
      weights[i] = 0.5f + random.nextInt(3);
    }
    return new LossBatch(ROWS, outputs, labels, weights, new float[ROWS * width]);
  }
}
