package io.ranking4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.ranking4j.calibration.BetaCalibrator;
import io.ranking4j.calibration.IsotonicCalibrator;
import io.ranking4j.calibration.IsotonicCalibratorProvider;
import io.ranking4j.calibration.PlattCalibrator;
import io.ranking4j.calibration.TemperatureCalibrator;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Corrections of probabilities, over logits from one extreme to the other. */
class CalibratorsTest {
  private static final Task CLICK = Task.binary("click");

  static Stream<Calibrator> calibrators() {
    return Stream.of(
        new PlattCalibrator(0.7, -1.3),
        new PlattCalibrator(3.5, 2),
        new PlattCalibrator(0, -0.4),
        new TemperatureCalibrator(0.3),
        new TemperatureCalibrator(2.5),
        new BetaCalibrator(0.6, 1.7, -0.2),
        new BetaCalibrator(2, 0, 1),
        new BetaCalibrator(0, 0, -1),
        isotonic(0.5, 0.25),
        isotonic(0, 0, 1, 1),
        isotonic(0.01, 0, 0.02, 0.1, 0.4, 0.1, 0.7, 0.8, 0.9, 1),
        isotonic(0, 0.1, 1e-6, 0.12, 2e-6, 0.2, 0.3, 0.2, 0.30001, 0.21, 1, 0.7),
        fitted());
  }

  private static IsotonicCalibrator isotonic(double... parameters) {
    return (IsotonicCalibrator) new IsotonicCalibratorProvider().create(parameters);
  }

  /** Hundreds of knots. */
  private static IsotonicCalibrator fitted() {
    Random random = new Random(3);
    double[] probabilities = random.doubles(20_000).toArray();
    double[] labels =
        Arrays.stream(probabilities).map(p -> random.nextDouble() < p * p ? 1 : 0).toArray();
    return IsotonicCalibrator.fit(probabilities, labels);
  }

  @ParameterizedTest
  @MethodSource("calibrators")
  void should_give_what_the_scorer_gives_when_calibrated(Calibrator calibrator)
      throws IOException, OrtException {
    RankingModel model =
        TestModels.identity(CLICK)
            .withOutputs(
                List.of(new TaskOutput(CLICK, Math.log(0.1), 0.31, Optional.of(calibrator))));
    Exported.assertAgrees(model, TestModels.logits(logits()));
  }

  @Test
  void should_shift_the_logit_when_nothing_else_is_done() throws IOException, OrtException {
    RankingModel model =
        TestModels.identity(CLICK)
            .withOutputs(List.of(new TaskOutput(CLICK, Math.log(0.25), 1, Optional.empty())));
    Exported.assertAgrees(model, TestModels.logits(logits()));
    try (Exported exported = Exported.of(OnnxExport.of(model))) {
      float[] at0 =
          Objects.requireNonNull(
              exported
                  .run(OnnxInputs.of(model.encoder().encode(TestModels.logits(0))))
                  .get("click"));
      // 1 / (1 + 4 / e)
      assertThat(at0[0]).isCloseTo(0.4046097f, within(1e-6f));
    }
  }

  @Test
  void should_keep_knots_apart_when_they_are_closer_than_floats() throws IOException, OrtException {
    double p = 1 / (1 + Math.exp(-0.25)); // 0.25 is a float, so both sides start from the same
    RankingModel model =
        TestModels.identity(CLICK)
            .withCalibrator("click", isotonic(0, 0, p - 1e-10, 0.2, p + 1e-10, 0.6, 1, 1));
    try (Exported exported = Exported.of(OnnxExport.of(model));
        Scorer scorer = Scorer.of(model)) {
      var data = TestModels.logits(0.25, 0.2, 0.3);
      float[] actual =
          Objects.requireNonNull(
              exported.run(OnnxInputs.of(model.encoder().encode(data))).get("click"));
      Exported.assertClose(
          "click", actual, Objects.requireNonNull(scorer.score(data).get("click")));
      assertThat(actual[0]).isBetween(0.39f, 0.41f);
    }
  }

  private static double[] logits() {
    double[] fine = new Random(11).doubles(2000, -8, 8).toArray();
    double[] ends = {-1000, -100, -41, -40, -39, -20, 0, 20, 35, 50, 100, 1000};
    return Stream.of(fine, ends).flatMapToDouble(Arrays::stream).toArray();
  }
}
