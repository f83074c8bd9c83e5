package io.ranking4j.benchmarks.serve;

import io.ranking4j.benchmarks.Agreement;
import io.ranking4j.benchmarks.Comparison;
import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.network.DenseNetwork;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.benchmarks.peer.Dl4jPeer;
import io.ranking4j.benchmarks.peer.EncodedRequest;
import io.ranking4j.benchmarks.peer.OnnxRuntimePeer;
import io.ranking4j.benchmarks.peer.OnnxRuntimeScorer;
import io.ranking4j.benchmarks.peer.Peer;
import io.ranking4j.benchmarks.peer.PyTorchPeer;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.ranking.RankedCandidate;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.Ranker;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Precision;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Answering one request at a time, on one thread. */
public final class ServeSuite implements Suite {
  private static final int CANDIDATES = 400;
  private static final long SEED = 7;

  /** By how much a probability may change where the factors of products are rounded. */
  private static final double LARGEST_ROUNDING = 0.003;

  private static final LinearFusion FUSION =
      LinearFusion.of(Map.of("click", 1.0, "long_view", 2.0, "profile_enter", 5.0, "like", 10.0));

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String description() {
    return "one request at a time on one thread, against ONNX Runtime and PyTorch";
  }

  @Override
  public void run(Report report) throws Exception {
    dense(report, "dense-400", Activation.RELU, CANDIDATES);
    dense(report, "dense-400-prelu", Activation.PRELU, CANDIDATES);
    denseRounded(report);
    dense(report, "dense-1", Activation.RELU, 1);
    kuaiRand(report);
  }

  private static void dense(Report report, String name, Activation activation, int rows)
      throws Exception {
    RankingModel model = DenseNetwork.model(activation);
    float[] input = DenseNetwork.input(rows);
    Kernels kernels = KernelChoice.FASTEST.create(1);
    try (FlatBatch ours = new FlatBatch(model, input, rows, kernels)) {
      ours.run();
      var encoded = model.encoder().encode(DenseNetwork.data(rows));
      try (Peer peer = OnnxRuntimePeer.exported(model, encoded)) {
        compare(report, name + "/onnxruntime", ours::run, ours.probabilities(), peer);
      }
      try (Peer peer = PyTorchPeer.dense(model, input, rows)) {
        compare(report, name + "/djl-pytorch", ours::run, ours.probabilities(), peer);
      }
      if (activation == Activation.RELU) {
        try (Peer peer = new Dl4jPeer(model, encoded)) {
          compare(report, name + "/dl4j-stock", ours::run, ours.probabilities(), peer);
        }
      }
    }
  }

  /** Our products in bfloat16, the peer's in float. */
  private static void denseRounded(Report report) throws Exception {
    RankingModel model = DenseNetwork.model(Activation.RELU);
    float[] input = DenseNetwork.input(CANDIDATES);
    Kernels kernels = KernelChoice.FASTEST.create(1, Precision.BFLOAT16);
    String name = "dense-400-bf16/onnxruntime";
    try (FlatBatch ours = new FlatBatch(model, input, CANDIDATES, kernels);
        Peer peer =
            OnnxRuntimePeer.exported(
                model, model.encoder().encode(DenseNetwork.data(CANDIDATES)))) {
      ours.run();
      peer.run();
      double difference =
          Agreement.check(name, ours.probabilities(), peer.probabilities(), LARGEST_ROUNDING);
      report.times(name, Comparison.ofShortCalls().run(ours::run, peer::run));
      report.note("largest difference of a probability %.1e", difference);
    }
  }

  private static void kuaiRand(Report report) throws Exception {
    RankingModel model = KuaiRandNetwork.model();
    Requests requests = Requests.of(model, SEED, CANDIDATES);
    List<EncodedRequest> encoded = requests.encoded();
    try (Scorer scorer = Scorer.of(model)) {
      try (Peer peer = OnnxRuntimePeer.requests(model, encoded)) {
        String name = "kuairand-400/onnxruntime";
        compare(report, name, requests, scorer, peer);
        double result = Allocation.predictions(CANDIDATES, model.outputs().size());
        report.less(
            name,
            "bytes allocated beyond the result",
            Allocation.perCall(requests.inTurn(scorer)) - result,
            Allocation.perCall(peer::run));
      }
      try (Peer peer = OnnxRuntimePeer.optimised(model, encoded)) {
        compare(report, "kuairand-400/onnxruntime-optimised", requests, scorer, peer);
      }
      try (Peer peer = PyTorchPeer.traced(model, encoded)) {
        compare(report, "kuairand-400/djl-pytorch", requests, scorer, peer);
      }
      try (Peer peer = PyTorchPeer.optimised(model, encoded)) {
        compare(report, "kuairand-400/djl-pytorch-optimised", requests, scorer, peer);
      }
    }
    rank(report, model, requests);
  }

  private static void compare(
      Report report, String name, Requests requests, Scorer scorer, Peer peer) throws Exception {
    double difference = requests.check(name, scorer, peer);
    report.times(name, Comparison.ofShortCalls().run(requests.inTurn(scorer), peer::run));
    report.note("largest difference of a probability %.1e", difference);
  }

  /** From values as a host has them to a ranking; the peer gets our encoder and need not sort. */
  private static void rank(Report report, RankingModel model, Requests requests) throws Exception {
    String name = "kuairand-400-rank/onnxruntime";
    FeatureEncoder encoder = model.encoder();
    EncodedRows context = encoder.newContextRows();
    EncodedRows candidates = encoder.newCandidateRows();
    try (Ranker ranker = Ranker.of(model, FUSION);
        OnnxRuntimeScorer peer = new OnnxRuntimeScorer(model)) {
      for (Request request : requests.all()) {
        Ranking ranking = ranker.rank(request.features(), request.items());
        check(name, ranking, peer.score(request.encoded()));
      }
      Comparison.Side ours =
          requests.inTurn(request -> ranker.rank(request.features(), request.items()));
      Comparison.Side theirs =
          requests.inTurn(
              request ->
                  peer.score(
                      new EncodedRequest(
                          encoder.encodeContext(request.features(), context),
                          encoder.encodeCandidates(
                              request.features(), request.items(), candidates))));
      report.times(name, Comparison.ofShortCalls().run(ours, theirs));
      report.less(
          name,
          "bytes allocated beyond the result",
          Allocation.perCall(ours) - Allocation.ranking(CANDIDATES, model.outputs().size()),
          Allocation.perCall(theirs)
              - model.outputs().size()
                  * (Allocation.ARRAY_HEADER + (double) Float.BYTES * CANDIDATES));
    }
  }

  private static void check(String name, Ranking ranking, Map<String, float[]> theirs) {
    for (Map.Entry<String, float[]> task : theirs.entrySet()) {
      float[] ours = new float[ranking.size()];
      for (RankedCandidate item : ranking.items()) {
        ours[item.index()] =
            Objects.requireNonNull(item.predictions().get(task.getKey())).floatValue();
      }
      Agreement.check(name + ", " + task.getKey(), ours, task.getValue());
    }
  }

  private static void compare(
      Report report, String name, Comparison.Side ours, float[] expected, Peer peer)
      throws Exception {
    peer.run();
    double difference = Agreement.check(name, expected, peer.probabilities());
    Comparison.Result result = Comparison.ofShortCalls().run(ours, peer::run);
    report.times(name, result);
    report.note("largest difference of a probability %.1e", difference);
  }
}
