package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.calibration.PlattCalibrator;
import io.ranking4j.calibration.SegmentedCalibrator;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelCalibrationTest {
  private static final Dataset ROWS = TestLogs.every(8, 6000);
  private static RankingModel model;

  @BeforeAll
  static void train() {
    RankingModel trained =
        Trainer.of(
                Network.of(
                        TestLogs.everyKind(),
                        SharedBottom.of(8, 4),
                        Task.binary("click"),
                        Task.binary("order").given("click"))
                    .embeddingWidth(4))
            .options(TrainerOptions.defaults().epochs(2).batchSize(64).learningRate(0.01))
            .fit(TestLogs.every(6, 3000), TestLogs.every(7, 500));
    // As if it was off.
    model =
        trained.withOutputs(
            List.of(trained.outputs().get(0).intercept(1), trained.outputs().get(1)));
  }

  private static double meanError(RankingModel scored, Dataset rows, String task, boolean given) {
    double[] labels = rows.column(task, NumericColumn.class).values();
    double[] clicks = rows.column("click", NumericColumn.class).values();
    int[] of = IntStream.range(0, rows.rows()).filter(row -> !given || clicks[row] == 1).toArray();
    try (Scorer scorer = Scorer.of(scored)) {
      double[] p = Objects.requireNonNull(scorer.score(rows).get(task));
      return Arrays.stream(of).mapToDouble(row -> p[row] - labels[row]).average().orElseThrow();
    }
  }

  @Test
  void should_put_probabilities_right_in_one_line() {
    CalibrationRun run = ModelCalibration.of(model).fit(ROWS);
    assertThat(meanError(model, ROWS, "click", false)).isGreaterThan(0.1);
    assertThat(meanError(run.model(), ROWS, "click", false)).isCloseTo(0, within(1e-3));
    assertThat(meanError(run.model(), ROWS, "order", true)).isCloseTo(0, within(5e-3));
    assertThat(run.choices()).containsOnlyKeys("click", "order");
    assertThat(Objects.requireNonNull(run.choices().get("click")).chosen()).isNotEqualTo("none");
    assertThat(run.model().provenance().get("calibrator.click").orElseThrow())
        .contains("on 6000 rows, AUC");
  }

  @Test
  void should_count_sampled_negatives_as_often_as_they_stand_for() {
    double[] click = ROWS.column("click", NumericColumn.class).values();
    int[] kept =
        IntStream.range(0, click.length).filter(row -> click[row] == 1 || row % 4 == 0).toArray();
    Dataset sampled = ROWS.select(kept).with(new NegativeSampling(0.25));
    RankingModel calibrated = ModelCalibration.of(model).fit(sampled).model();
    assertThat(meanError(calibrated, ROWS, "click", false)).isCloseTo(0, within(0.02));
  }

  @Test
  void should_fit_segments_that_have_enough_rows() {
    CalibrationRun run =
        ModelCalibration.of(model)
            .bySegment("item", new SegmentedCalibrator.Options(400, 100))
            .fit(ROWS);
    SegmentedCalibrator fitted =
        (SegmentedCalibrator) run.model().outputs().get(0).calibrator().orElseThrow();
    assertThat(fitted.feature()).isEqualTo("item");
    assertThat(fitted.segments()).isNotEmpty();
    CategoricalColumn items = ROWS.column("item", CategoricalColumn.class);
    for (String item : fitted.segments().keySet()) {
      int[] rows = IntStream.range(0, ROWS.rows()).filter(r -> item.equals(items.get(r))).toArray();
      assertThat(rows).hasSizeGreaterThanOrEqualTo(400);
      assertThat(meanError(run.model(), ROWS.select(rows), "click", false))
          .as(item)
          .isCloseTo(0, within(0.01));
    }
    assertThatThrownBy(() -> ModelCalibration.of(model).bySegment("country").fit(ROWS))
        .isInstanceOf(UnknownNameException.class);
  }

  @Test
  void should_leave_alone_what_has_too_few_positives() {
    Dataset none = ROWS.with("click", NumericColumn.of(new double[ROWS.rows()]));
    CalibrationRun run = ModelCalibration.of(model).fit(none);
    assertThat(run.choices()).isEmpty();
    assertThat(run.warnings())
        .containsExactly(
            "Task 'click' is not calibrated: it has 0 rows of the rarer class, and must have 2.",
            "Task 'order' is not calibrated: it has 0 rows of the rarer class, and must have 2.");
    assertThat(run.model().outputs()).isEqualTo(model.outputs());
  }

  @Test
  void should_refuse_to_correct_twice() {
    assertThatThrownBy(
            () -> ModelCalibration.of(model.withCalibrator("click", new PlattCalibrator(1, 0))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already been through a calibrator of type 'platt'");
    RankingModel sampled = model.withProvenance(ModelCalibration.KEEP_RATE, "0.1");
    assertThatThrownBy(() -> ModelCalibration.of(sampled))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("trained with a keep rate of 0.1 and a positive weight of 1.0");
    TaskOutput click = model.outputs().get(0);
    ModelCalibration.of(
        sampled.withOutputs(
            List.of(
                new TaskOutput(click.task(), Math.log(0.1), 0, click.calibrator()),
                model.outputs().get(1))));
  }
}
