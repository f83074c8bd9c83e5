package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.Agreement;
import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.peer.TrainingPeer;
import io.ranking4j.benchmarks.peer.TrainingRows;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.training.EarlyStopping;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
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
   * Trains both sides in turn and reports them.
   *
   * @param name of the case
   * @param peer makes the other side
   * @param options of our own side
   */
  void compare(
      Report report,
      String name,
      Function<TrainingRows, TrainingPeer> peer,
      TrainerOptions options) {
    try (TrainingPeer other = peer.apply(rows)) {
      other.threads(options.threads());
      double difference = check(name, other);
      Turns turns = new Turns(other, new Shuffle(rows.rows(), BATCH, 1), BATCH, options.threads());
      Trainer.of(network).options(options).listener(turns).fit(train, validation);
      report(report, name, turns, difference);
    }
  }

  private double check(String name, TrainingPeer peer) {
    int[] some = IntStream.range(0, CHECKED).toArray();
    return Agreement.check(
        name + ": probabilities before training",
        StartModel.probabilities(start, rows.features(), some),
        peer.probabilities(some));
  }

  private static void report(Report report, String name, Turns turns, double difference) {
    List<Turns.Round> rounds = turns.rounds();
    report.more(
        name, "rows/s", median(rounds, Turns.Round::ours), median(rounds, Turns.Round::theirs));
    report.less(name, "loss at the end", turns.ourLoss(), turns.theirLoss());
    report.less(
        name,
        "busy cores",
        median(rounds, Turns.Round::ourCores),
        median(rounds, Turns.Round::theirCores));
    double[] ratios =
        rounds.stream().mapToDouble(round -> round.ours() / round.theirs()).sorted().toArray();
    report.note(
        "ratios of %d pairs of rounds: least %.2f, median %.2f, most %.2f; largest difference of"
            + " a probability before training %.1e",
        ratios.length, ratios[0], Medians.of(ratios), ratios[ratios.length - 1], difference);
  }

  private static double median(List<Turns.Round> rounds, ToDoubleFunction<Turns.Round> figure) {
    return Medians.of(rounds.stream().mapToDouble(figure).toArray());
  }
}
