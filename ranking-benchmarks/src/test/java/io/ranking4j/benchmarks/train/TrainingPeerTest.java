package io.ranking4j.benchmarks.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.benchmarks.peer.DjlTrainingPeer;
import io.ranking4j.benchmarks.peer.Dl4jTrainingPeer;
import io.ranking4j.benchmarks.peer.TableSetting;
import io.ranking4j.benchmarks.peer.TrainingPeer;
import io.ranking4j.benchmarks.peer.TrainingRows;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.VectorColumn;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.nn.training.TrainingRun;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.task.Task;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingPeerTest {
  private static final int ROWS = 200;
  private static final int STEPS = 8;
  private static final double RATE = 1e-3;
  private static final int[] ALL = IntStream.range(0, ROWS).toArray();

  private static final Dataset LOG =
      Dataset.builder()
          .column("x", vectors())
          .column("user", Logs.zipf(ROWS, 30, 4))
          .column("video", Logs.uniform(ROWS, 20, 5))
          .column("click", Logs.labels(ROWS, 0.4, 6))
          .column("order", Logs.labels(ROWS, 0.2, 7))
          .build();

  private static VectorColumn vectors() {
    Random random = new Random(3);
    float[] values = new float[ROWS * 12];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new VectorColumn(values, 12, null);
  }

  private static Network network(Activation activation, Feature... features) {
    return Network.of(
        FeatureSchema.builder().candidate(features).build(),
        new ResFlow(Mlp.of(10).activation(activation), Mlp.of(8, 6).activation(activation)),
        Task.binary("click"),
        Task.binary("order").residualFrom("click"));
  }

  /** All rows are one batch, so that both sides see the same batches; their order is all one. */
  private static TrainerOptions options(int epochs) {
    TrainerOptions options = TrainCase.options(epochs, 1).batchSize(ROWS).learningRate(RATE);
    return options.tables(options.tables().optimizer(), RATE, 0.1).averaging(0);
  }

  /** Trains both sides from the same start and compares losses and what they end with. */
  private static void trainBoth(Network network, Function<TrainingRows, TrainingPeer> make) {
    RankingModel start = StartModel.of(network, options(1), LOG, LOG);
    TrainingRows rows = TrainingRows.of(start, LOG);
    try (TrainingPeer peer = make.apply(rows)) {
      assertThat(peer.probabilities(ALL))
          .as("before training")
          .containsExactly(StartModel.probabilities(start, rows.features(), ALL), within(1e-5f));
      TrainingRun run = Trainer.of(network).options(options(STEPS)).run(LOG, LOG);
      for (int step = 0; step < STEPS; step++) {
        assertThat(peer.step(ALL))
            .as("loss of step %d", step)
            .isEqualTo(run.history().get(step).trainingLoss(), within(1e-4));
      }
      assertThat(run.bestEpoch()).as("the model must be that of the last step").isEqualTo(STEPS);
      assertThat(peer.probabilities(ALL))
          .as("after training")
          .containsExactly(
              StartModel.probabilities(run.model(), rows.features(), ALL), within(1e-4f));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"RELU", "PRELU"})
  void should_train_as_we_do_when_pytorch_reads_a_vector(Activation activation) {
    trainBoth(
        network(activation, Feature.vector("x", 12).required()),
        rows -> new DjlTrainingPeer(rows, RATE, TableSetting.DENSE_ADAM));
  }

  @ParameterizedTest
  @EnumSource(
      value = TableSetting.class,
      names = {"DENSE_ADAM", "LAZY_ADAM"})
  void should_train_as_we_do_when_pytorch_reads_ids(TableSetting setting) {
    trainBoth(
        network(
            Activation.RELU,
            Feature.categorical("user").vocabulary(1, 100),
            Feature.categorical("video").vocabulary(1, 100)),
        rows -> new DjlTrainingPeer(rows, RATE, setting));
  }

  @Test
  void should_train_as_we_do_when_stock_layers_read_a_vector() {
    trainBoth(
        network(Activation.RELU, Feature.vector("x", 12).required()),
        rows -> new Dl4jTrainingPeer(rows, RATE));
  }

  @Test
  void should_lower_the_loss_when_sparse_gradients_descend() {
    Network network =
        network(
            Activation.RELU,
            Feature.categorical("user").vocabulary(1, 100),
            Feature.categorical("video").vocabulary(1, 100));
    RankingModel start = StartModel.of(network, options(1), LOG, LOG);
    try (TrainingPeer peer =
        new DjlTrainingPeer(TrainingRows.of(start, LOG), RATE, TableSetting.SPARSE_SGD)) {
      double first = peer.step(ALL);
      for (int step = 0; step < 300; step++) {
        peer.step(ALL);
      }
      assertThat(peer.step(ALL)).isLessThan(first - 0.05);
    }
  }

  @Test
  void should_refuse_inputs_of_both_kinds() {
    Network network =
        network(Activation.RELU, Feature.categorical("user"), Feature.vector("x", 12).required());
    RankingModel start = StartModel.of(network, options(1), LOG, LOG);
    assertThatThrownBy(() -> TrainingRows.of(start, LOG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("either numbers or single ids");
  }
}
