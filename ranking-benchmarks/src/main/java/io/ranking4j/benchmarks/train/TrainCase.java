package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.Agreement;
import io.ranking4j.benchmarks.peer.TableSetting;
import io.ranking4j.benchmarks.peer.TrainingPeer;
import io.ranking4j.benchmarks.peer.TrainingRows;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.training.EarlyStopping;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A network and its log, on which our training is compared with peers.
 *
 * @param network what is trained
 * @param train what on
 * @param validation what is validated on between epochs; small, no time is taken of it
 * @param start the numbers that both sides start from
 * @param rows the log for the peers
 */
record TrainCase(
    Network network, Dataset train, Dataset validation, RankingModel start, TrainingRows rows) {
  /** Rows of a step. */
  static final int BATCH = 1024;

  private static final int CHECKED = 256;
  private static final int LARGE = 500_000;

  static TrainCase of(Network network, Dataset train, Dataset validation) {
    RankingModel start = StartModel.of(network, options(1, 1), train, validation);
    return new TrainCase(network, train, validation, start, TrainingRows.of(start, train));
  }

  /** The defaults, but for what a comparison fixes. */
  static TrainerOptions options(int epochs, int threads) {
    return TrainerOptions.defaults()
        .batchSize(BATCH)
        .epochs(epochs)
        .stopping(EarlyStopping.onMean().patience(epochs))
        .kernels(KernelChoice.FASTEST, threads);
  }

  /**
   * Trains both sides in turn.
   *
   * @param name of the case, for messages
   * @param peer makes the other side
   * @param options of our own side, with a batch size of {@value #BATCH}
   * @param pace who does how much at a time
   */
  TrainingResult compare(
      String name, Function<TrainingRows, TrainingPeer> peer, TrainerOptions options, Pace pace) {
    try (TrainingPeer other = peer.apply(rows)) {
      other.threads(options.threads());
      double difference = check(name, other);
      Shuffle batches = new Shuffle(rows.rows(), BATCH, 1);
      Turns turns = new Turns(other, batches, pace, BATCH, options.threads());
      Trainer.of(network).options(options).listener(turns).fit(train, validation);
      return new TrainingResult(turns.rounds(), turns.ourLoss(), turns.theirLoss(), difference);
    }
  }

  /** The whole of a large table in each step is slow by far. */
  Pace pace(TableSetting setting) {
    int tableRows = start.tables().stream().mapToInt(table -> table.spec().rows()).sum();
    return setting == TableSetting.DENSE_ADAM && tableRows >= LARGE ? Pace.SLOW_PEER : Pace.EVEN;
  }

  private double check(String name, TrainingPeer peer) {
    int[] some = IntStream.range(0, CHECKED).toArray();
    return Agreement.check(
        name + ": probabilities before training",
        StartModel.probabilities(start, rows.features(), some),
        peer.probabilities(some));
  }
}
