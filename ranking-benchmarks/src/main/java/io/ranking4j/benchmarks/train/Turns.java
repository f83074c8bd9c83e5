package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.peer.TrainingPeer;
import io.ranking4j.nn.training.ProgressListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a peer train in turn with our own training, on the same thread: whenever ours has done the
 * batches of a round, the peer does as many while ours waits in this listener. The first batches of
 * a round are not timed, as the threads of the other engine may still spin then.
 *
 * <p>Counted are the rounds after the first epoch, in which both warm up and the average of our
 * weights begins. A round never spans two epochs, so that validation is in none.
 */
final class Turns implements ProgressListener {
  /** Batches of a round that are not timed. */
  static final int SKIPPED = 4;

  /** Batches of a round. */
  static final int ROUND = 16;

  /**
   * A round of both.
   *
   * @param ours our rows per second
   * @param theirs the peer's
   * @param ourCores how many cores the process kept busy meanwhile
   * @param theirCores likewise
   */
  record Round(double ours, double theirs, double ourCores, double theirCores) {}

  private final TrainingPeer peer;
  private final Shuffle batches;
  private final int batchSize;
  private final int threads;
  private final List<Round> rounds = new ArrayList<>();
  private final List<Double> ourLosses = new ArrayList<>();
  private final List<Double> theirLosses = new ArrayList<>();
  private final Stopwatch watch = new Stopwatch();

  Turns(TrainingPeer peer, Shuffle batches, int batchSize, int threads) {
    this.peer = peer;
    this.batches = batches;
    this.batchSize = batchSize;
    this.threads = threads;
  }

  @Override
  public void onBatch(int epoch, int batch, int count, double loss) {
    ourLosses.add(loss);
    int inRound = (batch - 1) % ROUND + 1;
    if (inRound == ROUND) {
      watch.stop();
      double rate = rate();
      double cores = watch.cores();
      turn();
      if (epoch > 1) {
        rounds.add(new Round(rate, rate(), cores, watch.cores()));
      }
    } else if (inRound == SKIPPED) {
      watch.start();
    }
  }

  private void turn() {
    peer.threads(threads);
    for (int i = 1; i <= ROUND; i++) {
      theirLosses.add(peer.step(batches.next()));
      if (i == SKIPPED) {
        watch.start();
      }
    }
    watch.stop();
  }

  private double rate() {
    return (double) (ROUND - SKIPPED) * batchSize / watch.seconds();
  }

  List<Round> rounds() {
    return rounds;
  }

  /** The mean loss of our last round, and of the peer's. */
  double ourLoss() {
    return meanOfLast(ourLosses);
  }

  double theirLoss() {
    return meanOfLast(theirLosses);
  }

  private static double meanOfLast(List<Double> losses) {
    return losses.subList(losses.size() - ROUND, losses.size()).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }
}
