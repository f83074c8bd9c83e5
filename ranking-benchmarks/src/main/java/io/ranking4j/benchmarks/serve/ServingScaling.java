package io.ranking4j.benchmarks.serve;

import io.ranking4j.benchmarks.Comparison;
import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.benchmarks.peer.OnnxRuntimePeer;
import io.ranking4j.benchmarks.peer.Peer;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;

/** How the time of a request grows with the number of its candidates. */
public final class ServingScaling implements Suite {
  private static final int[] CANDIDATES = {100, 200, 400, 800, 1600, 4000};

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public String description() {
    return "time of a request by the number of candidates, of a step by the size of a table";
  }

  @Override
  public void run(Report report) throws Exception {
    RankingModel model = KuaiRandNetwork.model();
    double[] ours = new double[CANDIDATES.length];
    double[] theirs = new double[CANDIDATES.length];
    Comparison comparison = new Comparison(800, 150, 12);
    try (Scorer scorer = Scorer.of(model)) {
      for (int i = 0; i < CANDIDATES.length; i++) {
        Requests requests = Requests.of(model, 20, CANDIDATES[i]);
        String name = "kuairand-" + CANDIDATES[i] + "/onnxruntime";
        try (Peer peer = OnnxRuntimePeer.requests(model, requests.encoded())) {
          requests.check(name, scorer, peer);
          Comparison.Result result = comparison.run(requests.inTurn(scorer), peer::run);
          ours[i] = result.ours().median() / 1e3;
          theirs[i] = result.theirs().median() / 1e3;
          report.less(name, "p50 us", ours[i], theirs[i]);
        }
      }
    }
    report.less(
        "kuairand-100-to-4000/onnxruntime",
        "log-log slope",
        slope(CANDIDATES, ours),
        slope(CANDIDATES, theirs));
  }

  /** The slope of the least-squares line through the logarithms of both. */
  static double slope(int[] x, double[] y) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += Math.log(x[i]) / x.length;
      meanY += Math.log(y[i]) / x.length;
    }
    double products = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double fromMean = Math.log(x[i]) - meanX;
      products += fromMean * (Math.log(y[i]) - meanY);
      squares += fromMean * fromMean;
    }
    return products / squares;
  }
}
