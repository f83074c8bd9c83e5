package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.network.DenseNetwork;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.Network;
import io.ranking4j.runtime.kernel.Activation;
import java.util.ArrayList;
import java.util.List;

/** The standard networks with made-up logs. */
final class StandardCases {
  private static final int ROWS = 65_536;
  private static final int VALIDATION = 4096;

  private StandardCases() {}

  static TrainCase dense(Activation activation) {
    Network network =
        Network.of(
            DenseNetwork.schema(), DenseNetwork.architecture(activation), DenseNetwork.tasks());
    Dataset log =
        DenseNetwork.data(ROWS).toBuilder()
            .column("click", Logs.labels(ROWS, 0.2, 1))
            .column("order", Logs.labels(ROWS, 0.05, 2))
            .build();
    return TrainCase.of(network, log, Logs.last(log, VALIDATION));
  }

  static TrainCase kuaiRand(Activation activation) {
    ResFlow architecture = new ResFlow(Mlp.of(), Mlp.of(128, 64).activation(activation));
    Network network =
        Network.of(KuaiRandNetwork.schema(), architecture, KuaiRandNetwork.tasks())
            .embeddingWidth(KuaiRandNetwork.EMBEDDING);
    List<KuaiRandNetwork.Field> fields = new ArrayList<>(KuaiRandNetwork.CONTEXT);
    fields.addAll(KuaiRandNetwork.CANDIDATE);
    Dataset.Builder log =
        Dataset.builder()
            .column("click", Logs.labels(ROWS, 0.4, 1))
            .column("long_view", Logs.labels(ROWS, 0.25, 2))
            .column("profile_enter", Logs.labels(ROWS, 0.02, 3))
            .column("like", Logs.labels(ROWS, 0.02, 4));
    long seed = 100;
    for (KuaiRandNetwork.Field field : fields) {
      log.column(field.name(), Logs.zipf(ROWS, field.values(), seed++));
    }
    Dataset all = log.build();
    return TrainCase.of(network, all, Logs.last(all, VALIDATION));
  }
}
