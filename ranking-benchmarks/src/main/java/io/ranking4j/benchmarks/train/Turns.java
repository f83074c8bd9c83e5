package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.peer.TrainingPeer;
import io.ranking4j.nn.training.ProgressListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lets a peer train in turn with our own training, on the same thread: whenever ours has done the
 * batches of a round, the peer does its own while ours waits in this listener.
 *
 * <p>Counted are the rounds after the first epoch, in which both warm up and the average of our
 * weights begins. A round never spans two epochs, so that validation is in none.
 */
final class Turns implements ProgressListener {
  private static final int LOSSES = 16;

  /**
   * A round of both.
   *
   * @param ours our rows per second
   * @param theirs the peer's
   * @param ourCores how many cores the process kept busy meanwhile
   * @param theirCores likewise
   */
  record Round(double ours, double theirs, double ourCores, double theirCores) {
    double ratio() {
      return ours / theirs;
    }
  }

  private final TrainingPeer peer;
  private final Shuffle batches;
  private final Pace pace;
  private final int batchSize;
  private final int threads;
  private final List<Round> rounds = new ArrayList<>();
  private final Deque<Double> ourLosses = new ArrayDeque<>();
  private final Deque<Double> theirLosses = new ArrayDeque<>();
  private final Stopwatch watch = new Stopwatch();

  Turns(TrainingPeer peer, Shuffle batches, Pace pace, int batchSize, int threads) {
    this.peer = peer;
    this.batches = batches;
    this.pace = pace;
    this.batchSize = batchSize;
    this.threads = threads;
  }

  @Override
  public void onBatch(int epoch, int batch, int count, double loss) {
    note(ourLosses, loss);
    int inRound = (batch - 1) % pace.ours() + 1;
    if (inRound == pace.ours()) {
      watch.stop();
      double rate = rate(pace.ours());
      double cores = watch.cores();
      turn();
      if (epoch > 1) {
        rounds.add(new Round(rate, rate(pace.theirs()), cores, watch.cores()));
      }
    } else if (inRound == pace.skipped()) {
      watch.start();
    }
  }

  private void turn() {
    peer.threads(threads);
    for (int i = 1; i <= pace.theirs(); i++) {
      note(theirLosses, peer.step(batches.next()));
      if (i == pace.skipped()) {
        watch.start();
      }
    }
    watch.stop();
  }

  private double rate(int batchesOfRound) {
    return (double) (batchesOfRound - pace.skipped()) * batchSize / watch.seconds();
  }

  private static void note(Deque<Double> losses, double loss) {
    losses.add(loss);
    if (losses.size() > LOSSES) {
      losses.remove();
    }
  }

  /** The rounds that were counted. */
  List<Round> rounds() {
    return rounds;
  }

  /** The mean of our last losses. */
  double ourLoss() {
    return mean(ourLosses);
  }

  /** The mean of the peer's last losses. */
  double theirLoss() {
    return mean(theirLosses);
  }

  private static double mean(Deque<Double> losses) {
    return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
