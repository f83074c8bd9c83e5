package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.ModelFileException;
import io.ranking4j.nn.architecture.Architecture;
import io.ranking4j.nn.architecture.BiasTower;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.architecture.SingleTask;
import io.ranking4j.nn.optimizer.EmbeddingDropout;
import io.ranking4j.nn.optimizer.RowAdagrad;
import io.ranking4j.nn.optimizer.StochasticAveraging;
import io.ranking4j.nn.optimizer.TableOptions;
import io.ranking4j.nn.schedule.StepDecay;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that was stopped ends as one that was not. */
class CheckpointsTest {
  private static final Dataset TRAIN = TestLogs.every(1, 500);
  private static final Dataset VALIDATION = TestLogs.every(2, 300);
  private static final int BATCH_SIZE = 64;
  private static final int BATCHES = 8;
  private static final TrainerOptions OPTIONS =
      TrainerOptions.defaults()
          .epochs(4)
          .batchSize(BATCH_SIZE)
          .learningRate(0.01)
          .stopping(EarlyStopping.onMean().patience(4));

  private final Path folder;

  CheckpointsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private record Case(
      String name, Architecture architecture, TrainerOptions options, LossChoice loss) {
    Case(String name, Architecture architecture, TrainerOptions options) {
      this(name, architecture, options, LossChoice.FIXED);
    }

    Trainer trainer() {
      return Trainer.of(
              Network.of(
                      TestLogs.everyKind(),
                      architecture,
                      Task.binary("click"),
                      Task.binary("like"),
                      Task.binary("order").residualFrom("click"))
                  .embeddingWidth(8))
          .options(options)
          .loss(loss);
    }

    Case threads(int count) {
      return new Case(
          name + ", " + count + " threads",
          architecture,
          options.kernels(options.kernels(), count),
          loss);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Where a listener stops a training, as a signal would. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Stops after a batch of an epoch, or at its end for batch 0, and knows where it began. */
  private static final class StopAt implements ProgressListener {
    private final int epoch;
    private final int batch;
    private final List<List<Integer>> heard = new ArrayList<>();

    StopAt(int epoch, int batch) {
      this.epoch = epoch;
      this.batch = batch;
    }

    @Override
    public void onBatch(int ofEpoch, int ofBatch, int batches, double loss) {
      assertThat(batches).isEqualTo(BATCHES);
      heard.add(List.of(ofEpoch, ofBatch));
      if (ofEpoch == epoch && ofBatch == batch) {
        throw new Stopped();
      }
    }

    @Override
    public void onEpoch(EpochReport report) {
      if (report.epoch() == epoch && batch == 0) {
        throw new Stopped();
      }
    }

    List<Integer> first() {
      return heard.get(0);
    }
  }

  static Stream<Case> cases() {
    TableOptions tables = OPTIONS.tables();
    Architecture plain = ResFlow.of(8, 4);
    List<Case> cases =
        List.of(
            new Case("default", plain, OPTIONS),
            new Case("batch norm", new ResFlow(Mlp.of(), Mlp.of(8, 4).batchNorm(true)), OPTIONS),
            new Case("dropout", new ResFlow(Mlp.of(), Mlp.of(8, 4).dropout(0.2)), OPTIONS),
            new Case("no averaging", plain, OPTIONS.averaging(0)),
            new Case(
                "mean of weights",
                plain,
                OPTIONS.averaging(Optional.of(new StochasticAveraging(0.5, 0.25)))),
            new Case("restart", plain, OPTIONS.tables(tables.restarted(true))),
            new Case("gradnorm", plain, OPTIONS, LossChoice.GRADNORM),
            new Case("kendall", plain, OPTIONS, LossChoice.UNCERTAINTY_KENDALL),
            new Case("liebel", plain, OPTIONS, LossChoice.UNCERTAINTY_LIEBEL),
            new Case("adagrad", plain, OPTIONS.tables(tables.optimizer(RowAdagrad.DEFAULT))),
            new Case("frequencies", plain, OPTIONS.tables(tables.frequencyAdaptive(true))),
            new Case(
                "embedding dropout",
                plain,
                OPTIONS.tables(tables.dropout(0.3, EmbeddingDropout.Unit.ROW))),
            new Case(
                "unknown values",
                plain,
                OPTIONS.tables(tables.dropout(0.3, EmbeddingDropout.Unit.UNKNOWN))),
            new Case("schedule", plain, OPTIONS.schedule(new StepDecay(0.5, 1))),
            new Case("bias", BiasTower.of(plain, "user").dropout(0.3), OPTIONS),
            new Case(
                "each task",
                SingleTask.of(8, 4),
                OPTIONS.stopping(EarlyStopping.onEach().patience(4))),
            new Case(
                "patience",
                plain,
                OPTIONS.learningRate(0.2).stopping(EarlyStopping.onMean().patience(1))));
    return Stream.concat(
        cases.stream(),
        Stream.of(cases.get(0).threads(2), cases.get(1).threads(2), cases.get(2).threads(2)));
  }

  /** Stops at a place, and says where the training had begun. */
  private List<Integer> stop(Trainer trainer, int epoch, int batch) {
    StopAt stop = new StopAt(epoch, batch);
    assertThatThrownBy(() -> trainer.listener(stop).run(TRAIN, VALIDATION))
        .isInstanceOf(Stopped.class);
    return stop.first();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void should_end_as_if_it_had_not_been_stopped(Case of) {
    TrainingRun whole = of.trainer().run(TRAIN, VALIDATION);
    Trainer kept = of.trainer().checkpoints(Checkpoints.in(folder).everyBatches(3));

    // In the middle of an epoch, behind a checkpoint.
    assertThat(stop(kept, 1, 5)).containsExactly(1, 1);
    // At the end of an epoch.
    assertThat(stop(kept, 1, 0)).containsExactly(1, 4);
    boolean goesOn = whole.history().size() > 1;
    if (goesOn) {
      // Before it is validated: with every batch written down, nothing is trained twice.
      Trainer often = of.trainer().checkpoints(Checkpoints.in(folder).everyBatches(1));
      assertThat(stop(often, 2, BATCHES)).containsExactly(2, 1);
    }
    StopAt never = new StopAt(0, 0);
    TrainingRun resumed = kept.listener(never).run(TRAIN, VALIDATION);

    assertThat(never.heard.stream().filter(at -> at.get(0) <= 2)).isEmpty();
    check(resumed, whole);
    // One that has ended is not trained again.
    StopAt again = new StopAt(0, 0);
    check(kept.listener(again).run(TRAIN, VALIDATION), whole);
    assertThat(again.heard).isEmpty();
  }

  private static void check(TrainingRun actual, TrainingRun expected) {
    RankingModel model = actual.model();
    RankingModel other = expected.model();
    assertThat(bits(model.parameters())).isEqualTo(bits(other.parameters()));
    assertThat(bits(model.states())).isEqualTo(bits(other.states()));
    assertThat(model.tables()).hasSameSizeAs(other.tables());
    for (int t = 0; t < model.tables().size(); t++) {
      EmbeddingTable table = other.tables().get(t);
      assertThat(bits(model.tables().get(t).values()))
          .as(table.spec().name())
          .isEqualTo(bits(table.values()));
    }
    assertThat(model.outputs()).isEqualTo(other.outputs());
    assertThat(provenance(model)).isEqualTo(provenance(other));
    assertThat(actual.bestEpoch()).isEqualTo(expected.bestEpoch());
    assertThat(untimed(actual)).isEqualTo(untimed(expected));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  private static List<EpochReport> untimed(TrainingRun run) {
    return run.history().stream()
        .map(
            report ->
                new EpochReport(
                    report.epoch(),
                    report.trainingLoss(),
                    report.quality(),
                    report.watched(),
                    report.best(),
                    0))
        .toList();
  }

  private static Map<String, String> provenance(RankingModel model) {
    Map<String, String> entries = new TreeMap<>(model.provenance().entries());
    entries.keySet().removeAll(List.of("created", TrainingHistory.ENTRY));
    return entries;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".r4c")).sorted().toList();
    }
  }

  @Test
  void should_keep_the_last_ones() throws IOException {
    Trainer trainer = cases().findFirst().orElseThrow().trainer();
    Trainer kept = trainer.checkpoints(Checkpoints.in(folder).everyBatches(1).keep(3));
    stop(kept, 2, 3);

    assertThat(files())
        .extracting(file -> String.valueOf(file.getFileName()))
        .containsExactly(
            "checkpoint-0000000009-000001.r4c",
            "checkpoint-0000000010-000001.r4c",
            "checkpoint-0000000011-000001.r4c");
  }

  @Test
  void should_pass_over_a_checkpoint_that_cannot_be_read() throws IOException {
    Case of = cases().findFirst().orElseThrow();
    TrainingRun whole = of.trainer().run(TRAIN, VALIDATION);
    Trainer kept = of.trainer().checkpoints(Checkpoints.in(folder).everyBatches(3));
    stop(kept, 2, 7);
    Path last = files().get(1);
    byte[] content = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(content, content.length - 1));
    Path unfinished = Files.writeString(folder.resolve(".checkpoint-1.r4c.x.tmp"), "half");

    StopAt never = new StopAt(0, 0);
    TrainingRun resumed = kept.listener(never).run(TRAIN, VALIDATION);

    assertThat(never.first()).as("after the one before the last").containsExactly(2, 4);
    check(resumed, whole);
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void should_begin_anew_when_no_checkpoint_can_be_read() throws IOException {
    Trainer kept =
        cases()
            .findFirst()
            .orElseThrow()
            .trainer()
            .checkpoints(Checkpoints.in(folder).everyBatches(3));
    Files.writeString(folder.resolve("checkpoint-0000000009-000001.r4c"), "nothing");

    assertThat(stop(kept, 1, 1)).containsExactly(1, 1);
  }

  @Test
  void should_refuse_the_checkpoints_of_another_training() {
    Case of = cases().findFirst().orElseThrow();
    Checkpoints checkpoints = Checkpoints.in(folder).everyBatches(2);
    stop(of.trainer().checkpoints(checkpoints), 1, 2);

    Trainer seed = of.trainer().options(OPTIONS.seed(7)).checkpoints(checkpoints);
    assertThatThrownBy(() -> seed.run(TRAIN, VALIDATION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("options was TrainerOptions")
        .hasMessageContaining("seed=42")
        .hasMessageContaining("seed=7")
        .hasMessageNotContaining("sha256");
    Trainer same = of.trainer().checkpoints(checkpoints);
    assertThatThrownBy(() -> same.run(TestLogs.every(3, 500), VALIDATION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("train.sha256 was ")
        .hasMessageNotContaining("options");
    assertThatThrownBy(() -> same.run(TRAIN, TestLogs.every(3, 300)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("validation.sha256 was ");
    assertThatThrownBy(() -> of.threads(2).trainer().checkpoints(checkpoints).run(TRAIN, TRAIN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("threads=2");
    assertThatThrownBy(() -> same.loss(LossChoice.GRADNORM).run(TRAIN, VALIDATION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("taskWeighting was fixed and is gradnorm");
    assertThatCode(() -> stop(same, 1, 3)).doesNotThrowAnyException();
  }

  @Test
  void should_refuse_a_folder_that_another_training_writes_to() {
    Trainer trainer =
        cases().findFirst().orElseThrow().trainer().checkpoints(Checkpoints.in(folder));
    ProgressListener nested =
        new ProgressListener() {
          @Override
          public void onEpoch(EpochReport report) {
            trainer.run(TRAIN, VALIDATION);
          }
        };
    assertThatThrownBy(() -> trainer.listener(nested).run(TRAIN, VALIDATION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another training")
        .hasMessageContaining(folder.toString());
    assertThatCode(() -> trainer.run(TRAIN, VALIDATION)).doesNotThrowAnyException();
  }

  @Test
  void should_say_where_checkpoints_cannot_be_written() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Trainer trainer = cases().findFirst().orElseThrow().trainer().checkpoints(Checkpoints.in(file));

    assertThatThrownBy(() -> trainer.run(TRAIN, VALIDATION))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void should_be_no_model_and_give_what_was_learned_by_name() throws IOException {
    Trainer trainer = cases().findFirst().orElseThrow().trainer();
    TrainingRun run = trainer.checkpoints(Checkpoints.in(folder)).run(TRAIN, VALIDATION);
    Path last = files().get(1);

    assertThatThrownBy(() -> RankingModel.load(last)).isInstanceOf(ModelFileException.class);
    Path model = folder.resolve("model.r4j");
    run.model().save(model);
    assertThatThrownBy(() -> TrainingState.open(model))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("no state of a training");
    try (TrainingState state = TrainingState.open(last)) {
      assertThat(state.steps()).isEqualTo(4L * BATCHES);
      assertThat(state.identity()).containsEntry("options", OPTIONS.toString());
      Map<String, TrainingState.ParameterState> parameters = state.parameterStates();
      assertThat(parameters).containsOnlyKeys(state.parameters());
      parameters.forEach(
          (name, of) -> {
            int size = of.rows() * of.columns();
            assertThat(of.values()).as(name).hasSize(size);
            assertThat(of.first()).as(name).hasSize(size);
            assertThat(of.second()).as(name).hasSize(size);
          });
      TrainingState.TableState item = state.table("item").orElseThrow();
      assertThat(item.table().spec()).isEqualTo(state.tables().get(indexOf(state, "item")));
      int row = 3;
      float[] page = item.memory().page(row);
      assertThat(Arrays.copyOfRange(page, item.memory().at(row), item.memory().at(row) + 12))
          .as("moments of a row that was met")
          .doesNotContain(0f);
      assertThat(state.table("nobody")).isEmpty();
    }
  }

  private static int indexOf(TrainingState state, String table) {
    return state.tables().stream().map(spec -> spec.name()).toList().indexOf(table);
  }

  @Test
  void should_refuse_impossible_options() {
    assertThatThrownBy(() -> Checkpoints.in(folder).everyBatches(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batches must be at least 0, but was -1");
    assertThatThrownBy(() -> Checkpoints.in(folder).keep(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keep must be at least 1, but was 0");
  }
}
