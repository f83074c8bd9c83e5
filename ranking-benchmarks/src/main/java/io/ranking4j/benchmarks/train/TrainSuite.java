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
import io.ranking4j.runtime.kernel.Precision;
import java.util.List;
import java.util.function.Function;

/**
 * Training of the standard networks, in rows per second. They have ReLU, which every engine has as
 * one operation; {@code dense-prelu} is the same network with our default activation, which DJL
 * puts together from several.
 */
public final class TrainSuite implements Suite {
  private static final int EPOCHS = 5;
  private static final int EPOCHS_OF_IDS = 3;

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
    for (int threads = 1; threads <= 2; threads++) {
      measure(report, dense, "dense-1024-%dt/djl-pytorch", EPOCHS, threads, TrainSuite::djl);
    }
    measure(report, dense, "dense-1024-%dt/dl4j-stock", EPOCHS, 1, TrainSuite::stock);
    TrainCase dense2 = StandardCases.dense(Activation.PRELU);
    for (int threads = 1; threads <= 2; threads++) {
      measure(report, dense2, "dense-prelu-1024-%dt/djl-pytorch", EPOCHS, threads, TrainSuite::djl);
    }
    for (int threads = 1; threads <= 2; threads++) {
      rounded(report, dense, "dense-1024-%dt-bf16/djl-pytorch", EPOCHS, threads);
    }
    TrainCase ids = StandardCases.kuaiRand(Activation.RELU);
    rounded(report, ids, "kuairand-1024-%dt-bf16/djl-pytorch", EPOCHS_OF_IDS, 2);
    for (int threads = 1; threads <= 2; threads++) {
      TableSettings.compare(
          report,
          ids,
          "kuairand-1024-" + threads + "t/djl-pytorch",
          List.of(TableSetting.DENSE_ADAM, TableSetting.LAZY_ADAM),
          EPOCHS_OF_IDS,
          threads);
    }
  }

  private static void measure(
      Report report,
      TrainCase trained,
      String name,
      int epochs,
      int threads,
      Function<TrainingRows, TrainingPeer> peer) {
    String full = String.format(java.util.Locale.ROOT, name, threads);
    trained.compare(full, peer, TrainCase.options(epochs, threads), Pace.EVEN).report(report, full);
  }

  /** Our products in bfloat16, the peer's in float. */
  private static void rounded(
      Report report, TrainCase trained, String name, int epochs, int threads) {
    String full = String.format(java.util.Locale.ROOT, name, threads);
    TrainerOptions options = TrainCase.options(epochs, threads).precision(Precision.BFLOAT16);
    trained.compare(full, TrainSuite::djl, options, Pace.EVEN).report(report, full);
  }

  private static TrainingPeer djl(TrainingRows data) {
    return new DjlTrainingPeer(data, TrainerOptions.DEFAULT_LEARNING_RATE, TableSetting.DENSE_ADAM);
  }

  private static TrainingPeer stock(TrainingRows data) {
    return new Dl4jTrainingPeer(data, TrainerOptions.DEFAULT_LEARNING_RATE);
  }
}
