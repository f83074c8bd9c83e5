package io.ranking4j.benchmarks.train;

import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.peer.DjlTrainingPeer;
import io.ranking4j.benchmarks.peer.Dl4jTrainingPeer;
import io.ranking4j.benchmarks.peer.TableSetting;
import io.ranking4j.benchmarks.peer.TrainingPeer;
import io.ranking4j.benchmarks.peer.TrainingRows;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.kernel.Activation;

/** Training of the standard networks, in rows per second. */
public final class TrainSuite implements Suite {
  private static final int DENSE_EPOCHS = 5;
  private static final int KUAIRAND_EPOCHS = 3;

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String description() {
    return "rows per second in training, against PyTorch through DJL and stock DL4J layers";
  }

  @Override
  public void run(Report report) {
    TrainCase dense = StandardCases.dense(Activation.RELU);
    djl(report, "dense-1024", dense, DENSE_EPOCHS);
    dense.compare(
        report,
        "dense-1024-1t/dl4j-stock",
        data -> new Dl4jTrainingPeer(data, TrainerOptions.DEFAULT_LEARNING_RATE),
        TrainCase.options(DENSE_EPOCHS, 1));
    djl(report, "dense-prelu-1024", StandardCases.dense(Activation.PRELU), DENSE_EPOCHS);
    djl(report, "kuairand-1024", StandardCases.kuaiRand(Activation.RELU), KUAIRAND_EPOCHS);
  }

  private static void djl(Report report, String name, TrainCase comparison, int epochs) {
    for (int threads = 1; threads <= 2; threads++) {
      comparison.compare(
          report,
          name + "-" + threads + "t/djl-pytorch",
          TrainSuite::pyTorch,
          TrainCase.options(epochs, threads));
    }
  }

  private static TrainingPeer pyTorch(TrainingRows data) {
    return new DjlTrainingPeer(data, TrainerOptions.DEFAULT_LEARNING_RATE, TableSetting.DENSE_ADAM);
  }
}
