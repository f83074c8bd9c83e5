package io.ranking4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.examples.data.SimulatedExample;
import io.ranking4j.nn.architecture.SharedBottom;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.runtime.RankingModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelReportTest {
  @Test
  void should_compare_fusions_only_when_rows_are_somebodys() {
    SimulatedExample example =
        new SimulatedExample(
            SimulatorOptions.builder().users(60).items(40).requestsPerDay(200).build(),
            List.of("click", "order"),
            Optional.empty());
    RankingModel model =
        Trainer.of(Network.of(example.schema(), SharedBottom.of(4), example.tasks()))
            .options(TrainerOptions.defaults().epochs(1))
            .fit(example.train(), example.validation());
    for (Optional<String> user : List.of(example.userColumn(), Optional.<String>empty())) {
      ScoredModel scored =
          ScoredModel.of("one", model, model.tasks(), example.validation(), user, List.of());
      String html =
          ModelReport.of(
                  "One",
                  List.of(scored),
                  Map.of("click", "click", "order", "order"),
                  example.validation(),
                  Map.of())
              .toHtml();
      assertThat(html.contains("<h2>Fusions compared</h2>")).isEqualTo(user.isPresent());
      assertThat(html).contains("<h2>Metrics</h2>");
    }
  }
}
