package io.ranking4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.data.NegativeSampler;
import io.ranking4j.data.simulator.ImpressionSimulator;
import io.ranking4j.data.simulator.SimulatedLog;
import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.data.simulator.Split;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.nn.architecture.ResFlow;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All default settings, on a log whose truth is known. */
@Tag("slow")
class ReachableQualityTest {
  private static final SimulatedLog LOG = ImpressionSimulator.simulate(SimulatorOptions.defaults());

  private static RankingModel train(Dataset data) {
    Network network = Network.of(LOG.schema(), ResFlow.of(128, 64), LOG.tasks());
    return Trainer.of(network).fit(data, LOG.validation());
  }

  private static Map<String, double[]> score(RankingModel model) {
    try (Scorer scorer = Scorer.of(model)) {
      return scorer.score(LOG.test());
    }
  }

  private static double auc(String task, double[] scores) {
    String label = LOG.tasks().task(task).label();
    double[] labels = LOG.test().column(label, NumericColumn.class).values();
    return RocAuc.compute(Predictions.of(labels, scores)).value();
  }

  @Test
  void should_come_within_a_hundredth_of_the_best_reachable_auc() {
    Map<String, double[]> scores = score(train(LOG.train()));

    scores.forEach(
        (task, predicted) ->
            assertThat(auc(task, LOG.probability(Split.TEST, task)) - auc(task, predicted))
                .as("gap of the auc of %s to the best reachable", task)
                .isLessThan(0.01));
  }

  @Test
  void should_give_true_probabilities_although_negatives_were_sampled() {
    RankingModel model = train(NegativeSampler.allTasks(LOG.train(), LOG.tasks(), 0.1, 42));

    Map<String, double[]> before = score(model.uncorrected());
    score(model)
        .forEach(
            (task, predicted) -> {
              // Against the true probabilities: the labels of a rare task are off by as much as is
              // asked for here.
              double truth = Arrays.stream(LOG.probability(Split.TEST, task)).sum();
              assertThat(Arrays.stream(predicted).sum() / truth)
                  .as("predicted to true probability of %s", task)
                  .isBetween(0.95, 1.05);
              assertThat(Arrays.stream(before.getOrDefault(task, new double[0])).sum() / truth)
                  .as("the same of %s before the correction", task)
                  .isGreaterThan(2);
            });
  }
}
