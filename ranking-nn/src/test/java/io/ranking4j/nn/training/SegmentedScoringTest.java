package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ranking4j.calibration.IsotonicCalibrator;
import io.ranking4j.calibration.PlattCalibrator;
import io.ranking4j.calibration.SegmentedCalibrator;
import io.ranking4j.calibration.TemperatureCalibrator;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.spi.Calibrator;
import io.ranking4j.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calibrators by segment, from the model's file to the scores of a request. */
class SegmentedScoringTest {
  private static final Dataset ROWS = TestLogs.every(5, 600);
  private static final SegmentedCalibrator BY_USER =
      new SegmentedCalibrator(
          "user",
          new TemperatureCalibrator(2),
          Map.of(
              "u3",
              new PlattCalibrator(0.5, -1),
              "u4",
              IsotonicCalibrator.fit(new double[] {0.1, 0.5, 0.9}, new double[] {0, 1, 1}),
              "nobody",
              new PlattCalibrator(9, 9)));
  private static final SegmentedCalibrator BY_ITEM =
      new SegmentedCalibrator(
          "item",
          new TemperatureCalibrator(0.5),
          Map.of("i1", new PlattCalibrator(2, 0.3), "i2", new PlattCalibrator(0, 0)));
  private static RankingModel model;

  @BeforeAll
  static void train() {
    model =
        Trainer.of(
                Network.of(
                        TestLogs.everyKind(),
                        SharedBottom.of(8, 4),
                        Task.binary("click"),
                        Task.binary("like"))
                    .embeddingWidth(4))
            .options(TrainerOptions.defaults().epochs(1).batchSize(64))
            .fit(ROWS, TestLogs.every(6, 200));
  }

  private static RankingModel calibrated() {
    return model.withCalibrator("click", BY_USER).withCalibrator("like", BY_ITEM);
  }

  @Test
  void should_take_the_calibrator_of_each_row_when_segments_differ(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("model.r4j");
    calibrated().save(file);
    RankingModel loaded = RankingModel.load(file);
    assertThat(loaded.outputs().get(0).calibrator()).contains(BY_USER);
    assertThat(loaded.outputs().get(1).calibrator()).contains(BY_ITEM);
    CategoricalColumn users = ROWS.column("user", CategoricalColumn.class);
    CategoricalColumn items = ROWS.column("item", CategoricalColumn.class);
    try (Scorer plain = Scorer.of(model);
        Scorer scorer = Scorer.of(loaded)) {
      Map<String, double[]> before = plain.score(ROWS);
      Map<String, double[]> after = scorer.score(ROWS);
      for (int row = 0; row < ROWS.rows(); row++) {
        String user = users.get(row);
        Calibrator own = BY_USER.forSegment(user == null ? "" : user);
        assertThat(of(after, "click")[row])
            .as("row %d of %s", row, user)
            .isEqualTo(own.calibrate(of(before, "click")[row]));
        Calibrator ownItem = BY_ITEM.forSegment(Objects.requireNonNull(items.get(row)));
        assertThat(of(after, "like")[row])
            .as("row %d", row)
            .isEqualTo(ownItem.calibrate(of(before, "like")[row]));
      }
    }
  }

  @Test
  void should_calibrate_a_request_by_its_context_and_its_candidates() {
    try (Scorer plain = Scorer.of(model);
        Scorer scorer = Scorer.of(calibrated())) {
      for (String user : List.of("u3", "u4", "u5", "nobody", "never seen")) {
        Features context = Features.builder().set("user", user).set("age", 30).build();
        Map<String, double[]> before = plain.score(context, candidates());
        Map<String, double[]> after = scorer.score(context, candidates());
        // The encoder does not know "nobody" either, so that it goes with all unknown users.
        Calibrator own = BY_USER.forSegment(user.equals("nobody") ? "never seen" : user);
        for (int c = 0; c < 3; c++) {
          assertThat(of(after, "click")[c])
              .as("user %s, candidate %d", user, c)
              .isEqualTo(own.calibrate(of(before, "click")[c]));
        }
        assertThat(of(after, "like")[0])
            .isEqualTo(new PlattCalibrator(2, 0.3).calibrate(of(before, "like")[0]));
        assertThat(of(after, "like")[1]).isEqualTo(0.5);
        assertThat(of(after, "like")[2])
            .isEqualTo(new TemperatureCalibrator(0.5).calibrate(of(before, "like")[2]));
        assertThat(scorer.explain(context, candidates().get(0)).get(0).value())
            .isEqualTo(of(after, "click")[0]);
        assertThat(
                scorer
                    .score(
                        model.encoder().encodeContext(context),
                        model
                            .encoder()
                            .encodeCandidates(
                                context, candidates(), model.encoder().newCandidateRows()))
                    .get("click"))
            .isEqualTo(of(after, "click"));
      }
    }
  }

  @Test
  void should_refuse_segments_that_rows_cannot_tell() {
    assertThatThrownBy(() -> model.withCalibrator("click", by("country")))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("country");
    for (String feature : List.of("age", "city", "tags", "ctr")) {
      assertThatThrownBy(() -> model.withCalibrator("click", by(feature)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the segments of a calibrator must be values of a categorical feature with a"
                  + " vocabulary and one value in a row, but were of '%s'; there are [user, item]",
              feature);
    }
    assertThatThrownBy(() -> new SegmentedCalibrator("item", BY_USER, Map.of()).calibrate(0.5))
        .hasMessage("the fallback must be a calibrator without segments, but was one by 'user'");
  }

  @Test
  void should_refuse_a_second_calibrator_unless_the_first_is_taken_off() {
    RankingModel once = model.withCalibrator("click", new PlattCalibrator(2, 1));
    assertThatThrownBy(() -> once.withCalibrator("click", BY_USER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("task 'click' already has a calibrator, of type 'platt'");
    assertThat(once.withoutCalibrators().withCalibrator("click", BY_USER).outputs().get(0))
        .isEqualTo(model.outputs().get(0).with(BY_USER));
  }

  private static SegmentedCalibrator by(String feature) {
    return new SegmentedCalibrator(feature, new TemperatureCalibrator(2), Map.of());
  }

  private static double[] of(Map<String, double[]> predictions, String task) {
    return Objects.requireNonNull(predictions.get(task));
  }

  private static List<Candidate> candidates() {
    return List.of(candidate("i1"), candidate("i2"), candidate("i5"));
  }

  private static Candidate candidate(String item) {
    return Candidate.of(item, Features.builder().set("item", item).set("price", 2.5).build());
  }
}
