package io.ranking4j.nn.training;

import static io.ranking4j.schema.Feature.categorical;
import static io.ranking4j.schema.Feature.numeric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.optimizer.LazyAdam;
import io.ranking4j.nn.optimizer.RowAdagrad;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmStartTest {
  private static final Dataset TRAIN = TestLogs.every(1, 500);
  private static final Dataset VALIDATION = TestLogs.every(2, 400);
  private static final Task CLICK = Task.binary("click");
  private static final Task ORDER = Task.binary("order").residualFrom("click");

  /** One batch an epoch, so that the order of rows makes no difference but in rounding. */
  private static final TrainerOptions WHOLE =
      TrainerOptions.defaults()
          .batchSize(500)
          .learningRate(0.003)
          .tables(LazyAdam.DEFAULT, 0.003, 0.05)
          .averaging(0)
          .stopping(EarlyStopping.onMean().patience(100));

  private static Network network(Task... tasks) {
    return Network.of(TestLogs.everyKind(), new ResFlow(Mlp.of(), Mlp.of(8, 4)), tasks)
        .embeddingWidth(4);
  }

  private static Trainer trainer(int epochs) {
    return Trainer.of(network(CLICK, ORDER)).options(WHOLE.epochs(epochs));
  }

  private static double[] numbers(RankingModel model) {
    float[] parameters = model.parameters();
    float[] states = model.states();
    float[] all = Arrays.copyOf(parameters, parameters.length + states.length);
    System.arraycopy(states, 0, all, parameters.length, states.length);
    for (EmbeddingTable table : model.tables()) {
      int from = all.length;
      all = Arrays.copyOf(all, from + table.values().length);
      System.arraycopy(table.values(), 0, all, from, table.values().length);
    }
    double[] numbers = new double[all.length];
    Arrays.setAll(numbers, toDoubles(all));
    return numbers;
  }

  private static java.util.function.IntToDoubleFunction toDoubles(float[] values) {
    return i -> values[i];
  }

  private static double distance(RankingModel one, RankingModel other) {
    double[] a = numbers(one);
    double[] b = numbers(other);
    assertThat(a).hasSameSizeAs(b);
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  @Test
  void should_take_the_step_that_an_uninterrupted_training_takes_when_there_is_a_state(
      @TempDir Path folder) {
    Path state = folder.resolve("a.state");
    TrainingRun whole = trainer(6).run(TRAIN, TRAIN);
    TrainingRun first = trainer(5).run(WarmStart.NONE.saveState(state), TRAIN, TRAIN);
    assertThat(whole.bestEpoch()).as("the last one, to compare with").isEqualTo(6);
    assertThat(first.bestEpoch()).isEqualTo(5);

    RankingModel going =
        trainer(1).run(WarmStart.from(first.model()).state(state), TRAIN, TRAIN).model();
    RankingModel fresh = trainer(1).run(WarmStart.from(first.model()), TRAIN, TRAIN).model();

    assertThat(distance(going, whole.model())).isLessThan(1e-4);
    assertThat(distance(fresh, whole.model())).isGreaterThan(1e-3);
    assertThat(going.provenance().get("warmStart.optimizer")).contains("continued");
    assertThat(fresh.provenance().get("warmStart.optimizer")).contains("fresh");
  }

  @Test
  void should_go_on_over_several_slices_when_each_leaves_its_state(@TempDir Path folder) {
    Path one = folder.resolve("1.state");
    Path two = folder.resolve("2.state");
    RankingModel first = trainer(1).run(WarmStart.NONE.saveState(one), TRAIN, VALIDATION).model();
    RankingModel second =
        trainer(1)
            .run(
                WarmStart.from(first).state(one).saveState(two), TestLogs.every(3, 300), VALIDATION)
            .model();
    RankingModel third =
        trainer(1)
            .run(WarmStart.from(second).state(two), TestLogs.every(4, 300), VALIDATION)
            .model();

    assertThat(third.provenance().get("warmStart.generation")).contains("2");
    assertThat(third.provenance().get("warmStart.model.sha256"))
        .isPresent()
        .isNotEqualTo(second.provenance().get("warmStart.model.sha256"));
    Path old = one;
    assertThatThrownBy(
            () ->
                trainer(1)
                    .run(WarmStart.from(second).state(old), TestLogs.every(5, 300), VALIDATION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another training: weights.sha256");
  }

  private static final FeatureSchema ITEMS =
      FeatureSchema.builder()
          .candidate(categorical("item").vocabulary(2, 100), numeric("price"))
          .build();

  private static Dataset items(String... names) {
    double[] price = new double[names.length];
    double[] click = new double[names.length];
    for (int row = 0; row < names.length; row++) {
      price[row] = row;
      click[row] = row % 2;
    }
    return Dataset.builder()
        .column("item", CategoricalColumn.of(Arrays.asList(names)))
        .column("price", NumericColumn.of(price))
        .column("click", NumericColumn.of(click))
        .build();
  }

  @Test
  void should_predict_new_categories_as_unknown_ones_before_it_learns() {
    Dataset before = items("a", "a", "b", "b", "a", "b", "once", "twice");
    Dataset slice = items("new", "a", "new", "new", "b", "b");
    Trainer trainer =
        Trainer.of(Network.of(ITEMS, new ResFlow(Mlp.of(), Mlp.of(4)), CLICK))
            .options(
                TrainerOptions.defaults().epochs(3).batchSize(4).tables(LazyAdam.DEFAULT, .1, .1));
    RankingModel model = trainer.fit(before, before);

    RankingModel same =
        trainer.run(WarmStart.from(model).learningRateFactor(1e-9), slice, before).model();

    assertThat(model.encoder().row("item", "new")).isZero();
    assertThat(same.encoder().row("item", "new")).isEqualTo(4);
    assertThat(same.encoder().row("item", "a")).isEqualTo(model.encoder().row("item", "a"));
    assertThat(same.provenance().get("warmStart.addedRows")).contains("1");
    Map<String, double[]> expected = score(model.uncorrected(), slice);
    Map<String, double[]> actual = score(same.uncorrected(), slice);
    Offset<Double> tiny = within(1e-6);
    assertThat(actual.get("click")).containsExactly(expected.get("click"), tiny);
    RankingModel learned = trainer.run(WarmStart.from(model), slice, before).model();
    float[] table = learned.tables().get(0).values();
    assertThat(Arrays.copyOfRange(table, 4 * 16, 5 * 16))
        .as("the new row has moved away from the unknown one")
        .isNotEqualTo(Arrays.copyOfRange(table, 0, 16));
  }

  private static Map<String, double[]> score(RankingModel model, Dataset data) {
    try (Scorer scorer = Scorer.of(model)) {
      return scorer.score(data);
    }
  }

  /** Some have outputs that only the loss reads, some link the tasks by themselves. */
  @ParameterizedTest
  @ValueSource(
      strings = {"resflow", "escm2-dr", "dcmt", "ple", "mmoe", "esmm", "aitm", "progressive"})
  void should_go_on_with_every_architecture(String name) {
    Trainer trainer =
        Trainer.of(
                Network.of(TestLogs.everyKind(), Architectures.of(name, 8), CLICK, ORDER)
                    .embeddingWidth(4))
            .options(TrainerOptions.defaults().epochs(1).batchSize(100));
    RankingModel model = trainer.fit(TRAIN, VALIDATION);

    RankingModel same =
        trainer
            .run(WarmStart.from(model).learningRateFactor(1e-9), TestLogs.every(3, 200), VALIDATION)
            .model();

    Map<String, double[]> expected = score(model.uncorrected(), VALIDATION);
    Map<String, double[]> actual = score(same.uncorrected(), VALIDATION);
    assertThat(actual.get("order")).containsExactly(expected.get("order"), within(1e-5));
  }

  /** Statistics that began anew would still be far from those of the data after two batches. */
  @Test
  void should_take_over_running_statistics() {
    Trainer trainer =
        Trainer.of(
                Network.of(
                    TestLogs.everyKind(), new ResFlow(Mlp.of(), Mlp.of(8).batchNorm(true)), CLICK))
            .options(TrainerOptions.defaults().epochs(20).batchSize(100).averaging(0));
    RankingModel model = trainer.fit(TRAIN, TRAIN);
    float[] initial = model.plan().initialStates();

    RankingModel same =
        trainer
            .options(trainer.options().epochs(1))
            .run(WarmStart.from(model).learningRateFactor(1e-9), TRAIN.slice(0, 200), TRAIN)
            .model();

    assertThat(distance(same.states(), model.states()))
        .isLessThan(0.2 * distance(initial, model.states()));
  }

  private static double distance(float[] one, float[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(squares);
  }

  @Test
  void should_start_tables_that_restart_where_the_slice_began() {
    TrainerOptions options = WHOLE.epochs(1).batchSize(100);
    Trainer trainer = trainer(1).options(options);
    RankingModel model = trainer.fit(TRAIN, VALIDATION);
    TrainerOptions restarting =
        options.epochs(2).tables(options.tables().restarted(true)).learningRate(1e-12);

    RankingModel same =
        trainer
            .options(restarting.tables(restarting.tables().learningRate(1e-12)))
            .run(WarmStart.from(model), TRAIN, VALIDATION)
            .model();

    for (int t = 0; t < model.tables().size(); t++) {
      float[] before = model.tables().get(t).values();
      assertThat(Arrays.copyOf(same.tables().get(t).values(), before.length))
          .as(model.tables().get(t).spec().name())
          .containsExactly(before, within(1e-6f));
    }
  }

  @Test
  void should_refuse_a_model_of_another_network_and_name_the_difference(@TempDir Path folder) {
    RankingModel model = trainer(1).fit(TRAIN, VALIDATION);
    assertRefused(Trainer.of(network(CLICK)), model, "tasks were [click, order] and are [click]");
    assertRefused(
        Trainer.of(network(CLICK.given("order"), Task.binary("order"))),
        model,
        "task 'click' were binary");
    assertRefused(
        Trainer.of(Network.of(TestLogs.categories(), new ResFlow(Mlp.of(), Mlp.of(8)), CLICK)),
        model,
        "features were");
    assertRefused(
        Trainer.of(
            Network.of(TestLogs.everyKind(), new ResFlow(Mlp.of(), Mlp.of(8, 5)), CLICK, ORDER)
                .embeddingWidth(4)),
        model,
        "rows and columns of");
    assertRefused(
        Trainer.of(
            Network.of(TestLogs.everyKind(), new ResFlow(Mlp.of(), Mlp.of(8, 4, 2)), CLICK, ORDER)
                .embeddingWidth(4)),
        model,
        "parameters were");

    Path state = folder.resolve("a.state");
    RankingModel other = trainer(1).run(WarmStart.NONE.saveState(state), TRAIN, TRAIN).model();
    assertThatThrownBy(
            () ->
                trainer(1)
                    .options(WHOLE.epochs(1).tables(RowAdagrad.DEFAULT, 0.01, 0.05))
                    .run(WarmStart.from(other).state(state), TRAIN, VALIDATION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tables.optimizer was lazy-adam");
    assertThatThrownBy(() -> WarmStart.NONE.state(state))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WarmStart.NONE.learningRateFactor(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0, but was 0");
  }

  private static void assertRefused(Trainer trainer, RankingModel model, String message) {
    assertThatThrownBy(
            () ->
                trainer
                    .options(TrainerOptions.defaults().epochs(1))
                    .run(WarmStart.from(model), TRAIN, VALIDATION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
