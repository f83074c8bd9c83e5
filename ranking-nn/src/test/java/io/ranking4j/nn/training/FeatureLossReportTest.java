package io.ranking4j.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.input.LostValues;
import io.ranking4j.task.Task;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeatureLossReportTest {
  private static final Dataset TEST = TestLogs.every(3, 1500);

  private static RankingModel model() {
    return Trainer.of(
            Network.of(
                TestLogs.everyKind(), ResFlow.of(16), Task.binary("click"), Task.binary("like")))
        .options(TrainerOptions.defaults().epochs(8).learningRate(0.01))
        .fit(TestLogs.every(1, 3000), TestLogs.every(2, 500));
  }

  @Test
  void should_say_what_each_feature_and_group_costs() {
    RankingModel model = model();
    FeatureLossReport report = FeatureLossReport.of(model, TEST, List.of(Set.of("item", "level")));

    List<String> names = LostValues.names(model.schema());
    assertThat(report.losses()).hasSize(names.size() + 1);
    for (int i = 0; i < names.size(); i++) {
      assertThat(report.losses().get(i).names()).containsExactly(names.get(i));
    }
    FeatureLossReport.Loss item = loss(report, Set.of("item"));
    FeatureLossReport.Loss both = loss(report, Set.of("item", "level"));
    assertThat(item.features()).containsExactly("item", "ctr");
    // A click depends on the item and the level, a like on the image alone.
    assertThat(item.cost().get("click")).isGreaterThan(0.05);
    assertThat(both.cost().get("click")).isGreaterThan(item.cost().get("click"));
    assertThat(loss(report, Set.of("image")).cost().get("like")).isGreaterThan(0.05);
    assertThat(loss(report, Set.of("city")).cost().get("click")).isBetween(-0.03, 0.03);
    assertThat(report.complete().get("click")).isEqualTo(auc(model));
    assertThat(both.quality().get("click")).isEqualTo(auc(model.without(both.names())));
    double mean =
        report.losses().subList(0, names.size()).stream()
            .mapToDouble(FeatureLossReport.Loss::meanCost)
            .average()
            .orElseThrow();
    assertThat(report.meanCost()).isCloseTo(mean, within(1e-12));
  }

  private static FeatureLossReport.Loss loss(FeatureLossReport report, Set<String> names) {
    return report.losses().stream()
        .filter(loss -> loss.names().equals(names))
        .findFirst()
        .orElseThrow();
  }

  private static double auc(RankingModel model) {
    try (Scorer scorer = Scorer.of(model)) {
      double[] predicted = scorer.score(TEST).getOrDefault("click", new double[0]);
      double[] labels = TEST.column("click", NumericColumn.class).values();
      return RocAuc.compute(Predictions.of(labels, predicted)).value();
    }
  }

  @Test
  void should_refuse_groups_before_anything_is_read() {
    RankingModel model = model();

    assertThatThrownBy(() -> FeatureLossReport.of(model, TEST, List.of(Set.of("nobody"))))
        .isInstanceOf(UnknownNameException.class)
        .hasMessageContaining("nobody");
  }
}
