package io.ranking4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.examples.report.Evaluation;
import io.ranking4j.ranking.RankedCandidate;
import io.ranking4j.ranking.Ranking;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Every example runs. */
class ExamplesTest {
  @Test
  void should_print_a_ranking_when_embedded_in_a_host() throws IOException {
    StringWriter printed = new StringWriter();
    EmbedInAHost.run(new PrintWriter(printed));
    assertThat(printed.toString().lines()).hasSize(10).allMatch(l -> l.contains("order 0."));
    assertThat(printed.toString()).contains(" 1. item-").contains("10. item-");
  }

  @Test
  void should_rank_by_expected_minutes_when_extended() throws IOException {
    StringWriter printed = new StringWriter();
    Ranking ranking = ExtendIt.run(new PrintWriter(printed), 300);
    assertThat(ranking.size()).isEqualTo(10);
    for (RankedCandidate candidate : ranking.items()) {
      double click = candidate.predictions().getOrDefault("click", Double.NaN);
      double seconds = candidate.predictions().getOrDefault("dwell_seconds", Double.NaN);
      // Times were drawn around medians of 15 to 45 seconds.
      assertThat(seconds).isBetween(5.0, 120.0);
      assertThat(candidate.utility()).isEqualTo(click * seconds / 60);
    }
    assertThat(printed.toString()).contains("expected minutes: the product of");
  }

  @Test
  void should_correct_probabilities_and_rank_twice_when_demonstrated() {
    StringWriter printed = new StringWriter();
    SimulatorOptions small =
        SimulatorOptions.builder().users(100).items(50).requestsPerDay(600).build();
    Evaluation reached = Demo.run(small, new PrintWriter(printed));
    assertThat(reached.tasks().keySet()).contains("click", "cart", "order", "hide");
    assertThat(reached.auc("click")).isGreaterThan(0.7);
    assertThat(reached.calibrationRatio("click")).isBetween(0.7, 1.4);
    assertThat(printed.toString())
        .contains("best reachable")
        .contains("before correction")
        .contains("ranked by LinearFusion")
        .contains("ranked by MultiplicativeFusion");
  }
}
