package io.ranking4j.examples.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.fusion.search.Search;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.search.Trial;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With few seeds; {@code tune-benchmark} is for the figures. */
class SearchBenchmarkTest {
  private static final int SEEDS = 3;

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(TestFunction.class)
  void should_regret_at_most_half_of_sobol_search(TestFunction function) {
    List<SearchBenchmark.Row> rows = SearchBenchmark.run(function, SEEDS, () -> {});
    SearchBenchmark.Row last = rows.get(rows.size() - 1);
    assertThat(last.bayesian()).as("%s", rows).isLessThanOrEqualTo(last.sobol() / 2);
  }

  @Tag("slow")
  @Test
  void should_regret_less_when_it_knows_the_season() {
    Map<String, Double> regrets = SeasonBenchmark.run(SEEDS, () -> {});
    double periodic = regrets.getOrDefault("periodic", Double.NaN);
    assertThat(periodic)
        .as("%s", regrets)
        .isLessThan(regrets.getOrDefault("without time", Double.NaN))
        .isLessThan(regrets.getOrDefault("restarting every day", Double.NaN));
  }

  /** Proposes one point again and again. */
  private record Fixed(double... point) implements Search {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public Proposal propose(SearchProblem problem, List<Trial> trials, int count) {
      return new Proposal(Collections.nCopies(count, point), OptionalDouble.empty());
    }
  }

  private static double regret(TestFunction function, double... point) {
    return function.regret(new Fixed(point), 1)[0];
  }

  @Test
  void should_have_the_optima_of_the_literature() {
    assertThat(regret(TestFunction.BRANIN, Math.PI, 2.275)).isLessThan(1e-5);
    double[] hartmann = {.20169, .150011, .476874, .275332, .311652, .6573};
    assertThat(regret(TestFunction.HARTMANN6, hartmann)).isLessThan(1e-5);
    assertThat(regret(TestFunction.CONSTRAINED_HARTMANN6, hartmann)).isLessThan(1e-5);
    assertThat(regret(TestFunction.CONSTRAINED_GRAMACY, .1955, .4045)).isLessThan(5e-4);
    assertThat(regret(TestFunction.CONSTRAINED_GRAMACY, .1, .1)).isNaN();
    assertThat(regret(TestFunction.HARTMANN6_ON_SIMPLEX, 0, 0, 0, .1973, .2513, .5514))
        .isLessThan(1e-5);
  }

  @Test
  void should_count_the_weights_of_a_grid() {
    assertThat(UtilityGrid.points(SearchSpace.simplex(List.of("a", "b", "c"), 2), 4)).hasSize(15);
    assertThat(UtilityGrid.points(SearchSpace.box(List.of("a", "b"), 0, 1), 4)).hasSize(25);
  }
}
