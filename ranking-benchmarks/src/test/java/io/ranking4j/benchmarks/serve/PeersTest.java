package io.ranking4j.benchmarks.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.benchmarks.Agreement;
import io.ranking4j.benchmarks.network.DenseNetwork;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.benchmarks.peer.EncodedRequest;
import io.ranking4j.benchmarks.peer.OnnxRuntimePeer;
import io.ranking4j.benchmarks.peer.OnnxRuntimeScorer;
import io.ranking4j.benchmarks.peer.Peer;
import io.ranking4j.benchmarks.peer.PyTorchPeer;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.kernel.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Times are only worth comparing where every engine computes the same. */
class PeersTest {
  private static final int ROWS = 7;

  @ParameterizedTest
  @EnumSource(names = {"RELU", "PRELU"})
  void should_agree_when_the_network_is_dense(Activation activation) throws Exception {
    RankingModel model = DenseNetwork.model(activation);
    float[] input = DenseNetwork.input(ROWS);
    try (FlatBatch ours = new FlatBatch(model, input, ROWS, KernelChoice.JAVA.create(1));
        Peer onnx =
            OnnxRuntimePeer.exported(model, model.encoder().encode(DenseNetwork.data(ROWS)));
        Peer torch = PyTorchPeer.dense(model, input, ROWS)) {
      ours.run();
      agree("onnxruntime", ours.probabilities(), onnx);
      agree("djl-pytorch", ours.probabilities(), torch);
      assertSpread(ours.probabilities());
    }
  }

  @Test
  void should_agree_when_the_network_has_ids() throws Exception {
    RankingModel model = KuaiRandNetwork.model();
    Requests requests = Requests.of(model, 3, ROWS);
    List<EncodedRequest> encoded = requests.encoded();
    try (Scorer scorer = Scorer.of(model);
        OnnxRuntimePeer onnx = OnnxRuntimePeer.requests(model, encoded);
        Peer sibling = onnx.sibling();
        Peer onnxByHand = OnnxRuntimePeer.optimised(model, encoded);
        Peer torch = PyTorchPeer.traced(model, encoded);
        Peer torchByHand = PyTorchPeer.optimised(model, encoded);
        OnnxRuntimeScorer fromRequests = new OnnxRuntimeScorer(model)) {
      for (Request request : requests.all()) {
        float[] ours = request.score(scorer);
        agree("onnxruntime", ours, onnx);
        agree("onnxruntime of another thread", ours, sibling);
        agree("onnxruntime-optimised", ours, onnxByHand);
        agree("djl-pytorch", ours, torch);
        agree("djl-pytorch-optimised", ours, torchByHand);
        assertThat(fromRequests.score(request.encoded()).keySet())
            .isEqualTo(Set.copyOf(model.tasks().names()));
      }
      assertSpread(requests.all().get(0).score(scorer));
    }
  }

  private static void agree(String name, float[] ours, Peer peer) {
    peer.run();
    Agreement.check(name, ours, peer.probabilities(), 1e-5);
  }

  /** Probabilities that are all alike would agree whatever was computed. */
  private static void assertSpread(float[] probabilities) {
    float[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    assertThat(sorted[sorted.length - 1] - sorted[0]).isGreaterThan(0.05f);
  }
}
