package io.ranking4j.benchmarks.serve;

import io.ranking4j.benchmarks.Agreement;
import io.ranking4j.benchmarks.Comparison;
import io.ranking4j.benchmarks.peer.EncodedRequest;
import io.ranking4j.benchmarks.peer.Peer;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Different requests of the same size, answered in turn: one that is repeated would find all that
 * it needs in the cache, as those of a service do not.
 */
final class Requests {
  /** How many there are. */
  static final int COUNT = 128;

  private final List<Request> all;

  private Requests(List<Request> all) {
    this.all = all;
  }

  /** Requests with so many candidates, always the same. */
  static Requests of(RankingModel model, long seed, int candidates) {
    return new Requests(
        LongStream.range(0, COUNT)
            .mapToObj(i -> Request.of(model, seed + 2 * i, candidates))
            .toList());
  }

  /** All of them. */
  List<Request> all() {
    return all;
  }

  /** All of them as peers take them. */
  List<EncodedRequest> encoded() {
    return all.stream().map(Request::encoded).toList();
  }

  /** Answers one at each call, in turn, from the first on. */
  Comparison.Side inTurn(Answer answer) {
    return new Comparison.Side() {
      private int next;

      @Override
      public void call() throws Exception {
        answer.to(all.get(next));
        next = (next + 1) % COUNT;
      }
    };
  }

  /** Our scorer, in turn. */
  Comparison.Side inTurn(Scorer scorer) {
    return inTurn(
        request -> scorer.score(request.encoded().context(), request.encoded().candidates()));
  }

  /**
   * Checks that a peer that was made with these requests answers each as we do.
   *
   * @return the largest difference of a probability
   * @throws IllegalStateException where it does not
   */
  double check(String name, Scorer scorer, Peer peer) {
    double largest = 0;
    for (Request request : all) {
      peer.run();
      float[] ours = request.score(scorer);
      largest = Math.max(largest, Agreement.check(name, ours, peer.probabilities()));
    }
    return largest;
  }

  /** What a side does with a request. */
  @FunctionalInterface
  interface Answer {
    void to(Request request) throws Exception;
  }
}
