package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnavailableException;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.device.Device;
import io.ranking4j.nn.kernel.nd4j.Nd4jBackend;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** ND4J's operations train and serve the same network as the kernels of the processor. */
class DeviceTrainingTest {
  private static final Dataset TRAIN = TestLogs.every(1, 500);
  private static final Dataset VALIDATION = TestLogs.every(2, 400);
  private static final TrainerOptions OPTIONS =
      TrainerOptions.defaults().epochs(3).batchSize(100).learningRate(0.003).averaging(0);

  private static TrainingRun run(TrainerOptions options) {
    Mlp tower = Mlp.of(8, 4).batchNorm(true).dropout(0.1);
    Network network =
        Network.of(
                TestLogs.everyKind(),
                new ResFlow(Mlp.of(), tower).shared(8),
                Task.binary("click"),
                Task.binary("order").residualFrom("click"))
            .embeddingWidth(4);
    return Trainer.of(network).options(options).run(TRAIN, VALIDATION);
  }

  @Test
  void should_end_where_the_kernels_of_the_processor_end() {
    TrainingRun expected = run(OPTIONS);
    TrainingRun actual = run(OPTIONS.device(Device.ND4J));

    assertThat(actual.history()).hasSameSizeAs(expected.history());
    for (int e = 0; e < actual.history().size(); e++) {
      assertThat(actual.history().get(e).trainingLoss())
          .isCloseTo(expected.history().get(e).trainingLoss(), within(1e-4));
    }
    close(actual.model().parameters(), expected.model().parameters());
    close(actual.model().states(), expected.model().states());
    for (int t = 0; t < actual.model().tables().size(); t++) {
      close(actual.model().tables().get(t).values(), expected.model().tables().get(t).values());
    }
    assertThat(actual.model().provenance().get("kernels")).contains(Device.ND4J.kernels().name());
    assertThat(actual.model().provenance().get("options").orElseThrow()).contains("device=ND4J");
  }

  /** A step of Adam hardly depends on the size of a gradient, so that rounding can be seen. */
  private static void close(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("number %d", i).isCloseTo(expected[i], within(5e-3f));
    }
  }

  @Test
  void should_give_the_same_model_for_the_same_seed() {
    RankingModel first = run(OPTIONS.device(Device.ND4J)).model();
    RankingModel second = run(OPTIONS.device(Device.ND4J)).model();

    assertThat(second.parameters()).isEqualTo(first.parameters());
    assertThat(second.states()).isEqualTo(first.states());
  }

  @Test
  void should_score_as_the_kernels_of_the_processor_do() throws Exception {
    RankingModel model = run(OPTIONS).model();
    try (Scorer expected = Scorer.of(model, KernelChoice.FASTEST.create(1));
        Scorer actual = Scorer.of(model, Device.ND4J.kernels())) {
      Map<String, double[]> scores = expected.score(VALIDATION);
      assertThat(actual.kernels()).isEqualTo(Device.ND4J.kernels().name());
      equal(actual.score(VALIDATION), scores);
      equal(actual.score(VALIDATION.slice(0, 1)), expected.score(VALIDATION.slice(0, 1)));
      scoreAtOnce(actual, scores);
    }
  }

  private static void scoreAtOnce(Scorer scorer, Map<String, double[]> expected)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Map<String, double[]>>> calls = new ArrayList<>();
      for (int call = 0; call < 12; call++) {
        calls.add(threads.submit(() -> scorer.score(VALIDATION)));
      }
      for (Future<Map<String, double[]>> call : calls) {
        equal(call.get(), expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void equal(Map<String, double[]> actual, Map<String, double[]> expected) {
    expected.forEach(
        (task, scores) ->
            assertThat(actual.get(task)).as(task).containsExactly(scores, within(1e-5)));
  }

  @Test
  void should_refuse_to_train_when_a_gpu_is_required_and_there_is_none() {
    assumeFalse(Nd4jBackend.loaded().hasGpu(), "this machine has a GPU");

    assertThatThrownBy(() -> run(OPTIONS.device(Device.REQUIRE_GPU)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("a GPU is required, but ND4J has ");
  }

  @Test
  void should_train_on_the_processor_when_a_gpu_is_preferred_and_there_is_none() {
    assumeFalse(Nd4jBackend.loaded().hasGpu(), "this machine has a GPU");

    TrainingRun run = run(OPTIONS.epochs(1).device(Device.PREFER_GPU));

    assertThat(run.model().provenance().get("kernels"))
        .contains(KernelChoice.FASTEST.create(1).name());
  }
}
