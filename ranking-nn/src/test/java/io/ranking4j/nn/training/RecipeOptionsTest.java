package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.WideTerm;
import io.ranking4j.nn.optimizer.EmbeddingDropout;
import io.ranking4j.nn.optimizer.StochasticAveraging;
import io.ranking4j.nn.optimizer.TableOptions;
import io.ranking4j.nn.schedule.LearningRateSchedule;
import io.ranking4j.nn.schedule.StepDecay;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What options of the recipe do to a whole training. */
class RecipeOptionsTest {
  private static final Dataset TRAIN = TestLogs.every(1, 500);
  private static final Dataset VALIDATION = TestLogs.every(2, 400);
  private static final TrainerOptions QUICK =
      TrainerOptions.defaults().epochs(2).batchSize(100).learningRate(0.01);

  /** At the first step as usual, and nothing from then on. */
  private record OnlyFirst() implements LearningRateSchedule {
    @Override
    public double factor(double epoch, int epochs) {
      return epoch == 0 ? 1 : 0;
    }
  }

  private static Network network() {
    return Network.of(
        TestLogs.everyKind(),
        ResFlow.of(8, 4),
        Task.binary("click"),
        Task.binary("order").residualFrom("click"));
  }

  private static RankingModel train(TrainerOptions options) {
    return Trainer.of(network()).options(options).fit(TRAIN, VALIDATION);
  }

  private static float[] tables(RankingModel model) {
    int size = model.tables().stream().mapToInt(table -> table.values().length).sum();
    float[] all = new float[size];
    int at = 0;
    for (EmbeddingTable table : model.tables()) {
      System.arraycopy(table.values(), 0, all, at, table.values().length);
      at += table.values().length;
    }
    return all;
  }

  @Test
  void should_scale_both_learning_rates_when_there_is_a_schedule() {
    TrainerOptions plain = QUICK.averaging(0).epochs(1);
    RankingModel constant = train(plain);
    RankingModel first = train(plain.schedule(new OnlyFirst()));

    assertThat(first.parameters()).isNotEqualTo(constant.parameters());
    assertThat(tables(first)).isNotEqualTo(tables(constant));
    // More epochs at rates of zero change nothing.
    RankingModel longer = train(plain.epochs(3).schedule(new OnlyFirst()));
    assertThat(longer.parameters()).isEqualTo(first.parameters());
    assertThat(tables(longer)).isEqualTo(tables(first));
  }

  static Stream<TrainerOptions> options() {
    TableOptions tables = QUICK.tables();
    return Stream.of(
        QUICK.baseRates(false),
        QUICK.schedule(new StepDecay(0.5, 1)),
        QUICK.averaging(Optional.of(new StochasticAveraging(0, 0.25))),
        QUICK.tables(tables.decay(0.1)),
        QUICK.tables(tables.frequencyAdaptive(true)),
        QUICK.tables(tables.learningRate(0.02)),
        QUICK.tables(tables.dropout(0.3, EmbeddingDropout.Unit.FIELD)),
        QUICK.tables(tables.dropout(0.3, EmbeddingDropout.Unit.ROW)),
        QUICK.tables(tables.dropout(0.3, EmbeddingDropout.Unit.UNKNOWN)),
        QUICK.averaging(0));
  }

  @ParameterizedTest
  @MethodSource("options")
  void should_change_the_model_and_in_the_same_way_each_time(TrainerOptions options) {
    RankingModel usual = train(QUICK);
    RankingModel first = train(options);
    RankingModel second = train(options);

    assertThat(tables(first)).isNotEqualTo(tables(usual));
    assertThat(second.parameters()).isEqualTo(first.parameters());
    assertThat(tables(second)).isEqualTo(tables(first));
    assertThat(first.provenance().get("options")).contains(options.toString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void should_draw_tables_anew_at_each_epoch_only_when_they_are_restarted(boolean restarted) {
    // Rates so small that nothing is learned: what is kept is what was drawn.
    TableOptions tables = TableOptions.DEFAULT.learningRate(1e-9).deviation(0.1);
    TrainerOptions still =
        QUICK.averaging(0).epochs(6).learningRate(1e-9).tables(tables.restarted(restarted));
    TrainingRun run =
        Trainer.of(network())
            .options(still.stopping(EarlyStopping.onMean().patience(9)))
            .run(TRAIN, VALIDATION);
    // Of six draws, one after the first is best with this seed; without, all epochs are the same.
    assertThat(run.bestEpoch() > 1).as("best epoch " + run.bestEpoch()).isEqualTo(restarted);

    EmbeddingTable kept = run.model().tables().get(0);
    ParameterStart start =
        new ParameterStart(
            network().tasks(),
            new EncodedLabels(0, 2, new float[0], new float[0]),
            still.seed(),
            true);
    EmbeddingTable expected = start.table(kept.spec(), 0.1);
    start.draw(expected, 0.1, restarted ? run.bestEpoch() : 1);
    assertThat(kept.values())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(expected.values());
  }

  @Test
  void should_refuse_a_mean_over_epochs_when_tables_restart() {
    TrainerOptions restarted = QUICK.tables(QUICK.tables().restarted(true));
    assertThatThrownBy(() -> restarted.averaging(Optional.of(new StochasticAveraging(1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("StochasticAveraging");
  }

  @Test
  void should_list_the_weightings_when_one_is_unknown() {
    assertThat(LossChoice.named("liebel")).isEqualTo(LossChoice.UNCERTAINTY_LIEBEL);
    assertThatThrownBy(() -> LossChoice.named("equal"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("fixed")
        .hasMessageContaining("gradnorm");
  }

  @Test
  void should_name_the_numbers_when_a_wide_term_reads_none_of_them() {
    Network network =
        Network.of(
            TestLogs.everyKind(),
            new WideTerm(ResFlow.of(4), List.of("colour")),
            Task.binary("click"));
    assertThatThrownBy(() -> Trainer.of(network).options(QUICK).fit(TRAIN, VALIDATION))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("colour");
  }
}
