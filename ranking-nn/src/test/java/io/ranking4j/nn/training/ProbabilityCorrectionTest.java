package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.optimizer.LazyAdam;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Sampling and weights distort what the network learns; the model's probabilities are the true ones
 * all the same, for two tasks of which neither is part of the other.
 */
class ProbabilityCorrectionTest {
  private static final Dataset TRAIN = TestLogs.logistic(1, 40_000);
  private static final Dataset TEST = TestLogs.logistic(2, 20_000);
  private static final Task CLICK = Task.binary("click");
  private static final Task LIKE = Task.binary("like").residual(Residual.logit("click"));

  @Test
  void should_be_calibrated_when_nothing_is_distorted() {
    RankingModel model = fit(TRAIN, 1, CLICK, LIKE);
    check(model);
    check(model.uncorrected());
  }

  @Test
  void should_undo_the_sampling_of_rows_without_a_positive() {
    Dataset sampled = sample(0.1);
    assertThat(sampled.rows()).isLessThan(TRAIN.rows() / 2);

    RankingModel model = fit(sampled, 0.1, CLICK, LIKE);

    check(model);
    far(model, 1.8);
    RankingModel noted = fit(sampled.with(new NegativeSampling(0.1)), 1, CLICK, LIKE);
    assertThat(noted.parameters()).isEqualTo(model.parameters());
    assertThat(noted.outputs().get(0).logitShift()).isEqualTo(Math.log(0.1));
    assertThat(noted.outputs().get(1).logitShift()).isEqualTo(Math.log(0.1));
  }

  @Test
  void should_undo_the_weights_of_positives() {
    RankingModel model = fit(TRAIN, 1, CLICK.positiveWeight(5), LIKE.positiveWeight(5));
    check(model);
    far(model, 1.8);
    assertThat(model.outputs().get(0).logitShift()).isEqualTo(-Math.log(5));
  }

  @Test
  void should_undo_both_at_once() {
    RankingModel model = fit(sample(0.1), 0.1, CLICK.positiveWeight(5), LIKE);
    check(model);
    far(model, 1.8);
  }

  @Test
  void should_undo_what_each_task_has_for_itself() {
    // Each task learns from its positives and from a share of its own negatives.
    Dataset data =
        TRAIN.with("learn click", keep("click", 0.2, 5)).with("learn like", keep("like", 0.3, 6));

    RankingModel model =
        fit(
            data,
            1,
            CLICK.mask("learn click").negativeKeepRate(0.2),
            LIKE.mask("learn like").negativeKeepRate(0.3));

    check(model);
    far(model, 1.4);
  }

  private static NumericColumn keep(String label, double rate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] labels = TRAIN.column(label, NumericColumn.class).values();
    return NumericColumn.of(
        Arrays.stream(labels).map(y -> y == 1 || random.nextDouble() < rate ? 1 : 0).toArray());
  }

  /** Every so manieth row without a positive: as many as the rate says, without luck. */
  private static Dataset sample(double rate) {
    double[] click = TRAIN.column("click", NumericColumn.class).values();
    double[] like = TRAIN.column("like", NumericColumn.class).values();
    AtomicInteger negatives = new AtomicInteger();
    int step = (int) Math.round(1 / rate);
    return TRAIN.select(
        IntStream.range(0, TRAIN.rows())
            .filter(r -> click[r] == 1 || like[r] == 1 || negatives.getAndIncrement() % step == 0)
            .toArray());
  }

  private static RankingModel fit(Dataset data, double keepRate, Task... tasks) {
    Dataset validation = TEST;
    for (String mask : new String[] {"learn click", "learn like"}) {
      double[] all = new double[TEST.rows()];
      Arrays.fill(all, 1);
      validation = validation.with(mask, NumericColumn.of(all));
    }
    Trainer trainer =
        Trainer.of(Network.of(TestLogs.categories(), ResFlow.of(8), tasks).embeddingWidth(4))
            .options(
                TrainerOptions.defaults()
                    .epochs(8)
                    .batchSize(512)
                    .learningRate(0.002)
                    .tables(LazyAdam.DEFAULT, 0.005, 0.1));
    return (keepRate < 1 ? trainer.negativeKeepRate(keepRate) : trainer).fit(data, validation);
  }

  private static double ratio(RankingModel model, String task) {
    try (Scorer scorer = Scorer.of(model)) {
      double[] scores = Objects.requireNonNull(scorer.score(TEST).get(task));
      double[] truth = TEST.column("p(" + task + ")", NumericColumn.class).values();
      return Arrays.stream(scores).sum() / Arrays.stream(truth).sum();
    }
  }

  private static void check(RankingModel model) {
    for (String task : model.tasks().names()) {
      assertThat(ratio(model, task)).as(task).isBetween(0.95, 1.05);
      assertThat(logitError(model, task)).as(task).isLessThan(0.25);
    }
  }

  private static void far(RankingModel model, double atLeast) {
    for (String task : model.tasks().names()) {
      assertThat(ratio(model.uncorrected(), task)).as(task).isGreaterThan(atLeast);
    }
  }

  /** The root mean square distance of the logit from the true one. */
  private static double logitError(RankingModel model, String task) {
    try (Scorer scorer = Scorer.of(model)) {
      double[] scores = Objects.requireNonNull(scorer.score(TEST).get(task));
      double[] truth = TEST.column("p(" + task + ")", NumericColumn.class).values();
      double sum = 0;
      for (int r = 0; r < scores.length; r++) {
        double distance =
            Math.log(scores[r] / (1 - scores[r])) - Math.log(truth[r] / (1 - truth[r]));
        sum += distance * distance;
      }
      return Math.sqrt(sum / scores.length);
    }
  }
}
