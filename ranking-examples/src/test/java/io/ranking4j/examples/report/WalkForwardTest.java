package io.ranking4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.examples.data.SimulatedExample;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.training.ModelCalibration;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WalkForwardTest {
  private static final String DAY = "day";

  @Test
  void should_calibrate_each_day_by_the_one_before() {
    SimulatedExample example =
        new SimulatedExample(
            SimulatorOptions.builder().users(100).items(50).requestsPerDay(300).build(),
            List.of("click"),
            Optional.empty());
    Dataset rows = example.train();
    RankingModel model =
        Trainer.of(Network.of(example.schema(), SharedBottom.of(4), example.tasks()))
            .options(TrainerOptions.defaults().epochs(1))
            .fit(rows, example.validation());
    ModelCalibration calibration = ModelCalibration.of(model);

    Map<String, double[]> walked =
        WalkForward.predictions(calibration, example.validation(), rows, DAY);

    double[] days = rows.column(DAY, NumericColumn.class).values();
    Dataset previous = example.validation();
    double[] distinct = Arrays.stream(days).distinct().sorted().toArray();
    assertThat(distinct).hasSizeGreaterThan(1);
    for (double day : distinct) {
      int[] ofDay = IntStream.range(0, days.length).filter(row -> days[row] == day).toArray();
      Dataset today = rows.select(ofDay);
      try (Scorer scorer = Scorer.of(calibration.fit(previous).model())) {
        assertThat(Evaluation.pick(Evaluation.of(walked, "click"), ofDay))
            .as("day %s", day)
            .containsExactly(Evaluation.of(scorer.score(today), "click"));
      }
      previous = today;
    }
  }
}
