package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnavailableException;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.device.Device;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.kernel.Precision;
import io.ranking4j.runtime.kernel.onednn.DnnlKernels;
import io.ranking4j.task.Task;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PrecisionTrainingTest {
  private static final Dataset TRAIN = TestLogs.every(1, 500);
  private static final Dataset VALIDATION = TestLogs.every(2, 400);
  private static final TrainerOptions OPTIONS =
      TrainerOptions.defaults().epochs(2).batchSize(100).learningRate(0.001);

  private static Trainer trainer() {
    Network network =
        Network.of(
            TestLogs.everyKind(),
            ResFlow.of(1024, 16),
            Task.binary("click"),
            Task.binary("order").residualFrom("click"));
    return Trainer.of(network).options(OPTIONS);
  }

  private static double[] order(Scorer scorer) {
    return Objects.requireNonNull(scorer.score(VALIDATION).get("order"));
  }

  @Test
  void should_train_and_serve_almost_the_same_in_bfloat16() {
    assumeTrue(DnnlKernels.available(), "oneDNN does not load here");
    RankingModel exact = trainer().fit(TRAIN, VALIDATION);
    RankingModel rounded =
        trainer().options(OPTIONS.precision(Precision.BFLOAT16)).fit(TRAIN, VALIDATION);

    assertThat(rounded.parameters()).isNotEqualTo(exact.parameters());
    assertThat(rounded.provenance().get("kernels")).contains("onednn-bfloat16");
    try (Scorer inFloat = Scorer.of(exact);
        Scorer ofRounded = Scorer.of(rounded);
        Scorer inHalf = Scorer.of(exact, KernelChoice.ONEDNN.create(1, Precision.BFLOAT16))) {
      double[] expected = order(inFloat);
      double[] trained = order(ofRounded);
      double[] served = order(inHalf);
      assertThat(inHalf.kernels()).isEqualTo("onednn-bfloat16");
      assertThat(served).isNotEqualTo(expected);
      double apart = 0;
      for (int r = 0; r < expected.length; r++) {
        apart += Math.abs(trained[r] - expected[r]) / expected.length;
        assertThat(served[r]).as("served, row %d", r).isCloseTo(expected[r], within(0.003));
      }
      // Steps of another rounding lead elsewhere, so that single rows say little.
      assertThat(apart).isPositive().isLessThan(0.01);
    }
  }

  @Test
  void should_give_the_same_model_for_the_same_seed() {
    assumeTrue(DnnlKernels.available(), "oneDNN does not load here");
    Trainer trainer = trainer().options(OPTIONS.precision(Precision.BFLOAT16));

    assertThat(trainer.fit(TRAIN, VALIDATION).parameters())
        .isEqualTo(trainer.fit(TRAIN, VALIDATION).parameters());
  }

  @Test
  void should_refuse_what_its_kernels_cannot_do() {
    TrainerOptions rounded = OPTIONS.precision(Precision.BFLOAT16);
    assertThatThrownBy(() -> trainer().options(rounded.device(Device.ND4J)).fit(TRAIN, VALIDATION))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("ND4J's kernels compute in FLOAT only, but the options ask for BFLOAT16");
    assertThatThrownBy(
            () -> trainer().options(rounded.kernels(KernelChoice.JAVA, 1)).fit(TRAIN, VALIDATION))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("plain Java computes in FLOAT only");
  }
}
