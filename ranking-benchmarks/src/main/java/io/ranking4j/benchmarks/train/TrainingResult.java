package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.Report;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came of training two sides in turn.
 *
 * @param rounds the rounds that count
 * @param ourLoss our loss at the end
 * @param theirLoss the peer's
 * @param difference the largest difference of a probability between the two before training
 */
record TrainingResult(
    List<Turns.Round> rounds, double ourLoss, double theirLoss, double difference) {
  /** Our rows per second: the median over the rounds. */
  double ours() {
    return median(Turns.Round::ours);
  }

  /** The peer's. */
  double theirs() {
    return median(Turns.Round::theirs);
  }

  private double median(ToDoubleFunction<Turns.Round> figure) {
    return Medians.of(rounds.stream().mapToDouble(figure).toArray());
  }

  /** Adds the rows of a case. */
  void report(Report report, String name) {
    report.more(name, "rows/s", ours(), theirs());
    report.less(name, "loss at the end", ourLoss, theirLoss);
    report.less(name, "busy cores", median(Turns.Round::ourCores), median(Turns.Round::theirCores));
    double[] ratios = rounds.stream().mapToDouble(Turns.Round::ratio).sorted().toArray();
    report.note(
        "ratios of %d pairs of rounds: least %.2f, median %.2f, most %.2f; largest difference of"
            + " a probability before training %.1e",
        ratios.length, ratios[0], Medians.of(ratios), ratios[ratios.length - 1], difference);
  }
}
