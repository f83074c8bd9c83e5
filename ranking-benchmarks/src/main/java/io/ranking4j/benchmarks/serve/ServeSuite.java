package io.ranking4j.benchmarks.serve;

import io.ranking4j.benchmarks.Agreement;
import io.ranking4j.benchmarks.Comparison;
import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.network.DenseNetwork;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.benchmarks.peer.OnnxRuntimePeer;
import io.ranking4j.benchmarks.peer.Peer;
import io.ranking4j.benchmarks.peer.PyTorchPeer;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Kernels;

/** Answering one request at a time, on one thread. */
public final class ServeSuite implements Suite {
  private static final int CANDIDATES = 400;
  private static final long SEED = 7;

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
    }
  }

  private static void kuaiRand(Report report) throws Exception {
    RankingModel model = KuaiRandNetwork.model();
    Request request = Request.of(model, SEED, CANDIDATES);
    try (Scorer scorer = Scorer.of(model)) {
      Comparison.Side ours = () -> scorer.score(request.context(), request.candidates());
      float[] expected =
          Request.byRow(scorer.score(request.context(), request.candidates()), CANDIDATES);
      try (Peer peer = OnnxRuntimePeer.exported(model, request.context(), request.candidates())) {
        compare(report, "kuairand-400/onnxruntime", ours, expected, peer);
      }
      try (Peer peer = OnnxRuntimePeer.optimised(model, request.context(), request.candidates())) {
        compare(report, "kuairand-400/onnxruntime-optimised", ours, expected, peer);
      }
      try (Peer peer = PyTorchPeer.traced(model, request.context(), request.candidates())) {
        compare(report, "kuairand-400/djl-pytorch", ours, expected, peer);
      }
      try (Peer peer = PyTorchPeer.optimised(model, request.context(), request.candidates())) {
        compare(report, "kuairand-400/djl-pytorch-optimised", ours, expected, peer);
      }
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
