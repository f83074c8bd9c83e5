package io.ranking4j.nn.training;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.nn.architecture.Esmm;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.optimizer.LazyAdam;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Residual;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final Dataset TRAIN = TestLogs.every(1, 500);
  private static final Dataset VALIDATION = TestLogs.every(2, 400);
  private static final Task CLICK = Task.binary("click");
  private static final Task ORDER = Task.binary("order");
  private static final TrainerOptions QUICK =
      TrainerOptions.defaults()
          .epochs(2)
          .batchSize(100)
          .learningRate(0.01)
          .tables(LazyAdam.DEFAULT, 0.05, 0.05);

  private static Network network(Task... tasks) {
    ResFlow architecture = new ResFlow(Mlp.of(), Mlp.of(8, 4).batchNorm(true).dropout(0.1));
    return Network.of(TestLogs.everyKind(), architecture, tasks).embeddingWidth(4);
  }

  /** Dropout draws of its own for each thread; batch normalisation keeps a batch together. */
  @ParameterizedTest
  @CsvSource({"false, 1", "false, 2", "false, 3", "true, 1"})
  void should_give_the_same_model_for_the_same_seed(boolean batchNorm, int threads) {
    Mlp tower = Mlp.of(8, 4).batchNorm(batchNorm).dropout(0.1);
    Network network =
        Network.of(
            TestLogs.everyKind(), new ResFlow(Mlp.of(), tower), CLICK, ORDER.residualFrom("click"));
    Trainer trainer = Trainer.of(network).options(QUICK.kernels(KernelChoice.FASTEST, threads));
    RankingModel first = trainer.fit(TRAIN, VALIDATION);
    RankingModel second = trainer.fit(TRAIN, VALIDATION);
    RankingModel other = trainer.options(trainer.options().seed(43)).fit(TRAIN, VALIDATION);

    assertThat(second.parameters()).isEqualTo(first.parameters());
    assertThat(second.states()).isEqualTo(first.states());
    for (int t = 0; t < first.tables().size(); t++) {
      EmbeddingTable table = first.tables().get(t);
      assertThat(second.tables().get(t).values()).isEqualTo(table.values());
      assertThat(other.tables().get(t).values()).isNotEqualTo(table.values());
    }
    assertThat(other.parameters()).isNotEqualTo(first.parameters());
  }

  @Test
  void should_keep_the_best_epoch() {
    TrainerOptions options =
        QUICK.epochs(30).learningRate(0.03).stopping(EarlyStopping.on("click").patience(3));
    TrainingRun run =
        Trainer.of(network(CLICK, ORDER.residualFrom("click")))
            .options(options)
            .run(TRAIN, VALIDATION);

    List<EpochReport> history = run.history();
    EpochReport best = history.get(run.bestEpoch() - 1);
    assertThat(history.size()).isLessThan(30).isEqualTo(run.bestEpoch() + 3);
    for (int e = 0; e < history.size(); e++) {
      assertThat(history.get(e).epoch()).isEqualTo(e + 1);
      assertThat(history.get(e).watched())
          .isEqualTo(history.get(e).quality().get("click"))
          .isLessThanOrEqualTo(best.watched());
    }
    assertThat(best.best()).isTrue();
    assertThat(history.get(history.size() - 1).best()).isFalse();
    assertThat(history.get(history.size() - 1).trainingLoss())
        .isLessThan(history.get(0).trainingLoss());
    assertThat(auc(run.model(), "click")).isEqualTo(best.watched()).isGreaterThan(0.6);
    assertThat(run.model().provenance().get("train.bestEpoch"))
        .contains(Integer.toString(run.bestEpoch()));
  }

  @Test
  void should_watch_the_mean_of_all_tasks_by_default() {
    TrainingRun run =
        Trainer.of(network(CLICK, ORDER.residualFrom("click")))
            .options(QUICK)
            .run(TRAIN, VALIDATION);

    for (EpochReport report : run.history()) {
      assertThat(report.watched())
          .isEqualTo((quality(report, "click") + quality(report, "order")) / 2);
    }
  }

  private static double quality(EpochReport report, String task) {
    return Objects.requireNonNull(report.quality().get(task));
  }

  private static double auc(RankingModel model, String task) {
    try (Scorer scorer = Scorer.of(model)) {
      double[] scores = Objects.requireNonNull(scorer.score(VALIDATION).get(task));
      double[] labels = VALIDATION.column(task, NumericColumn.class).values();
      return RocAuc.compute(Predictions.of(labels, scores)).value();
    }
  }

  @Test
  void should_call_every_listener() {
    List<Integer> iterations = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    List<String> batches = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    List<EpochReport> epochs = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void onBatch(int epoch, int batch, int of, double loss) {
            batches.add(epoch + ":" + batch + "/" + of);
            losses.add(loss);
          }

          @Override
          public void onEpoch(EpochReport report) {
            epochs.add(report);
          }
        };
    BaseTrainingListener dl4j =
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            iterations.add(iteration);
            scores.add(model.score());
          }
        };

    TrainingRun run =
        Trainer.of(network(CLICK))
            .options(QUICK.batchSize(200))
            .listener(listener)
            .dl4jListener(dl4j)
            .run(TRAIN, VALIDATION);

    assertThat(batches).containsExactly("1:1/3", "1:2/3", "1:3/3", "2:1/3", "2:2/3", "2:3/3");
    assertThat(epochs).isEqualTo(run.history());
    assertThat(iterations).hasSize(6);
    assertThat(scores).isEqualTo(losses);
    assertThat(run.history().get(0).trainingLoss())
        .isCloseTo((losses.get(0) + losses.get(1) + losses.get(2)) / 3, within(1e-12));
  }

  @Test
  void should_let_a_last_batch_of_one_row_join_the_one_before() {
    List<String> batches = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void onBatch(int epoch, int batch, int of, double loss) {
            batches.add(batch + "/" + of);
          }
        };
    Trainer.of(network(CLICK))
        .options(QUICK.epochs(1).batchSize(100))
        .listener(listener)
        .fit(TRAIN.slice(0, 301), VALIDATION);

    assertThat(batches).containsExactly("1/3", "2/3", "3/3");
  }

  @ParameterizedTest
  @EnumSource(LossChoice.class)
  void should_learn_with_every_loss(LossChoice loss) {
    TrainingRun run =
        Trainer.of(network(CLICK, ORDER.residualFrom("click")))
            .options(QUICK.epochs(8))
            .loss(loss)
            .run(TRAIN, VALIDATION);

    assertThat(auc(run.model(), "click")).isGreaterThan(0.65);
    boolean learned =
        loss == LossChoice.UNCERTAINTY_KENDALL || loss == LossChoice.UNCERTAINTY_LIEBEL;
    assertThat(run.graph().numParams())
        .isEqualTo(run.model().plan().parameterCount() + (learned ? 2 : 0));
  }

  @Test
  void should_learn_the_same_when_threads_divide_the_batches() {
    Network network =
        Network.of(TestLogs.everyKind(), ResFlow.of(8, 4), CLICK, ORDER.residualFrom("click"));
    Trainer trainer = Trainer.of(network).options(QUICK);
    RankingModel alone = trainer.fit(TRAIN, VALIDATION);
    RankingModel together =
        trainer.options(QUICK.kernels(KernelChoice.FASTEST, 3)).fit(TRAIN, VALIDATION);

    for (int i = 0; i < alone.parameters().length; i++) {
      assertThat(together.parameters()[i]).isCloseTo(alone.parameters()[i], within(2e-3f));
    }
    assertThat(auc(together, "click")).isCloseTo(auc(alone, "click"), within(2e-3));
  }

  @Test
  void should_let_weight_decay_pull_at_the_weights_of_products_alone() {
    // The loss grows by half the strength times the squares of all that decays. With hardly any
    // learning rate these stay what they were: the uncertainty is 1.
    Trainer trainer =
        Trainer.of(network(CLICK))
            .loss(LossChoice.UNCERTAINTY_LIEBEL)
            .options(QUICK.learningRate(1e-12).epochs(1));
    double plain = trainer.run(TRAIN, VALIDATION).history().get(0).trainingLoss();
    TrainingRun decayed =
        trainer.options(trainer.options().weightDecay(0.1)).run(TRAIN, VALIDATION);

    float[] parameters = decayed.graph().params().dup().data().asFloat();
    int plan = decayed.model().plan().parameterCount();
    double squares = 0;
    for (Parameter parameter : decayed.model().plan().parameters()) {
      boolean weights = parameter.name().endsWith(".weights");
      for (int i = 0; weights && i < parameter.size(); i++) {
        double value = parameters[parameter.offset() + i];
        squares += value * value;
      }
    }
    assertThat(parameters[plan]).isCloseTo(1, within(1e-6f));
    assertThat(decayed.history().get(0).trainingLoss() - plain)
        .isCloseTo(0.5 * 0.1 * squares, within(1e-2));
  }

  @Test
  void should_shrink_parameters_when_weights_decay() {
    Trainer trainer = Trainer.of(network(CLICK)).options(QUICK.epochs(5));
    RankingModel plain = trainer.fit(TRAIN, VALIDATION);
    RankingModel decayed = trainer.options(trainer.options().weightDecay(1)).fit(TRAIN, VALIDATION);

    assertThat(squares(decayed)).isLessThan(squares(plain));
  }

  private static double squares(RankingModel model) {
    double sum = 0;
    for (float value : model.parameters()) {
      sum += (double) value * value;
    }
    return sum;
  }

  @Test
  void should_leave_the_graph_with_the_weights_of_the_model() {
    TrainingRun run = Trainer.of(network(CLICK)).options(QUICK.epochs(4)).run(TRAIN, VALIDATION);

    assertThat(run.graph().params().dup().data().asFloat()).isEqualTo(run.model().parameters());
  }

  @Test
  void should_start_heads_at_base_rates() {
    Task like = Task.binary("like").positiveWeight(4);
    for (Network network :
        List.of(
            network(CLICK, ORDER.residualFrom("click"), like),
            network(CLICK, ORDER.residual(Residual.features("click")), like),
            Network.of(
                TestLogs.everyKind(), SharedBottom.of(8), CLICK, ORDER.residualFrom("click"), like),
            Network.of(
                TestLogs.everyKind(), Esmm.of(8), CLICK, ORDER.residualFrom("click"), like))) {
      // Hardly any learning rate: after the first epoch it is as it was before.
      RankingModel model =
          Trainer.of(network)
              .options(QUICK.epochs(1).learningRate(1e-9).tables(LazyAdam.DEFAULT, 1e-9, 0.01))
              .fit(TRAIN, VALIDATION);
      try (Scorer scorer = Scorer.of(model)) {
        Map<String, double[]> scores = scorer.score(TRAIN);
        scores.forEach(
            (task, values) -> {
              double rate =
                  Arrays.stream(TRAIN.column(task, NumericColumn.class).values())
                      .average()
                      .orElseThrow();
              double mean = median(values);
              assertThat(Math.log(mean / (1 - mean)))
                  .as(network.architecture().name() + " " + task)
                  .isCloseTo(Math.log(rate / (1 - rate)), within(0.7));
            });
      }
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @Test
  void should_say_where_it_diverged() {
    FeatureSchema schema =
        FeatureSchema.builder().candidate(categorical("item"), numeric("price")).build();
    Network network =
        Network.of(schema, new SharedBottom(Mlp.of(8).batchNorm(false), Mlp.of(4)), CLICK);

    assertThatThrownBy(
            () -> Trainer.of(network).options(QUICK.learningRate(1e30)).fit(TRAIN, VALIDATION))
        .isInstanceOfSatisfying(
            TrainingDivergedException.class,
            e -> {
              assertThat(e.epoch()).isEqualTo(1);
              assertThat(e.batch()).isGreaterThan(1);
              assertThat(e.step()).isEqualTo(e.batch());
              assertThat(e)
                  .hasMessageStartingWith("the loss must be finite, but was ")
                  .hasMessageContaining(" at step " + e.step() + " (batch " + e.batch());
            });
  }

  @Test
  void should_not_return_numbers_that_are_none_when_the_last_step_diverges() {
    assertThatThrownBy(
            () ->
                Trainer.of(network(CLICK))
                    .options(
                        QUICK
                            .epochs(1)
                            .batchSize(500)
                            .tables(LazyAdam.DEFAULT, Double.MAX_VALUE, 0.05))
                    .fit(TRAIN, VALIDATION))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageStartingWith("each embedding of user must be finite, but was ")
        .hasMessageContaining("at step 1 (batch 1 of epoch 1)");
  }
}
