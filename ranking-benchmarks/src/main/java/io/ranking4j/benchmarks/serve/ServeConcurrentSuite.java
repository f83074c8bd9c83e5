package io.ranking4j.benchmarks.serve;

import io.ranking4j.benchmarks.Comparison;
import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.benchmarks.peer.OnnxRuntimePeer;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How much more two threads answer than one. */
public final class ServeConcurrentSuite implements Suite {
  private static final int CANDIDATES = 400;
  private static final int THREADS = 2;
  private static final int BLOCKS = 25;
  private static final long BLOCK_NANOS = 400_000_000;
  private static final int WARM_UP_BLOCKS = 4;

  @Override
  public String name() {
    return "serve-concurrent";
  }

  @Override
  public String description() {
    return "requests a second of two threads against one, and against ONNX Runtime's two";
  }

  @Override
  public void run(Report report) throws Exception {
    RankingModel model = KuaiRandNetwork.model();
    Requests requests = Requests.of(model, 10, CANDIDATES);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Scorer scorer = Scorer.of(model);
        OnnxRuntimePeer peer = OnnxRuntimePeer.requests(model, requests.encoded());
        OnnxRuntimePeer sibling = peer.sibling()) {
      List<Comparison.Side> ours = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        ours.add(requests.inTurn(scorer));
      }
      requests.check("kuairand-400-2t/onnxruntime", scorer, peer);
      requests.check("kuairand-400-2t/onnxruntime", scorer, sibling);
      List<Comparison.Side> theirs = List.of(peer::run, sibling::run);
      List<Double> one = new ArrayList<>();
      List<Double> two = new ArrayList<>();
      List<Double> peerOne = new ArrayList<>();
      List<Double> peerTwo = new ArrayList<>();
      for (int block = -WARM_UP_BLOCKS; block < BLOCKS; block++) {
        double[] rates = {
          rate(pool, ours.subList(0, 1)),
          rate(pool, ours),
          rate(pool, theirs.subList(0, 1)),
          rate(pool, theirs)
        };
        if (block >= 0) {
          one.add(rates[0]);
          two.add(rates[1]);
          peerOne.add(rates[2]);
          peerTwo.add(rates[3]);
        }
      }
      report.more("kuairand-400-2t/1t", "requests/s", median(two), median(one));
      report.more("kuairand-400-2t/onnxruntime", "requests/s", median(two), median(peerTwo));
      report.more(
          "kuairand-400-2t/onnxruntime",
          "2 threads / 1 thread",
          median(two) / median(one),
          median(peerTwo) / median(peerOne));
    } finally {
      pool.shutdown();
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  /** Calls a second of all sides together, each on a thread of its own. */
  private static double rate(ExecutorService pool, List<Comparison.Side> sides) throws Exception {
    long start = System.nanoTime();
    List<Future<Double>> rates = new ArrayList<>();
    for (Comparison.Side side : sides) {
      rates.add(pool.submit(() -> rate(side, start)));
    }
    double sum = 0;
    for (Future<Double> rate : rates) {
      sum += rate.get();
    }
    return sum;
  }

  private static double rate(Comparison.Side side, long start) throws Exception {
    int calls = 0;
    long now;
    do {
      side.call();
      calls++;
      now = System.nanoTime();
    } while (now - start < BLOCK_NANOS);
    return calls * 1e9 / (now - start);
  }
}
