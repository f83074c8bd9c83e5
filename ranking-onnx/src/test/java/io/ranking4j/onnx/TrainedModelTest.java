package io.ranking4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.ranking4j.calibration.BetaCalibrator;
import io.ranking4j.calibration.IsotonicCalibrator;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.nn.architecture.Mlp;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From training to ONNX Runtime, with all that training leaves in a model. */
class TrainedModelTest {
  @Test
  void should_give_what_the_scorer_gives_when_trained_calibrated_and_loaded(@TempDir Path folder)
      throws IOException, OrtException {
    Dataset train = TestLog.rows(21, 2000);
    Dataset validation = TestLog.rows(22, 1000);
    Network network =
        Network.of(
                TestLog.everyKind(),
                new ResFlow(Mlp.of(), Mlp.of(16, 8).batchNorm(true).dropout(0.1)),
                Task.binary("click"),
                Task.binary("order").residualFrom("click").positiveWeight(3))
            .embeddingWidth(4);
    RankingModel model =
        Trainer.of(network)
            .options(TrainerOptions.defaults().epochs(2))
            .negativeKeepRate(0.5)
            .fit(train, validation);
    try (Scorer scorer = Scorer.of(model)) {
      var scores = scorer.score(validation);
      model =
          model
              .withCalibrator(
                  "click",
                  IsotonicCalibrator.fit(
                      Objects.requireNonNull(scores.get("click")), labels(validation, "click")))
              .withCalibrator(
                  "order",
                  BetaCalibrator.fit(
                      Objects.requireNonNull(scores.get("order")), labels(validation, "order")));
    }
    assertThat(model.outputs()).allSatisfy(output -> assertThat(output.logitShift()).isNegative());
    Path file = folder.resolve("model.r4j");
    model.save(file);

    Dataset test = TestLog.rows(23, 400);
    Exported.assertAgrees(RankingModel.load(file), test);
    Exported.assertAgrees(model.uncorrected(), test);
    try (Exported exported = Exported.of(OnnxExport.of(model))) {
      assertThat(exported.session().getMetadata().getCustomMetadata())
          .containsExactlyInAnyOrderEntriesOf(model.provenance().entries());
    }
  }

  private static double[] labels(Dataset data, String task) {
    return data.column(task, NumericColumn.class).values();
  }
}
