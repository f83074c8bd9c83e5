package io.ranking4j.examples.tuning;

import io.ranking4j.fusion.search.BayesianOptions;
import io.ranking4j.fusion.search.BayesianSearch;
import io.ranking4j.fusion.search.RandomSearch;
import io.ranking4j.fusion.search.Search;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SobolSearch;
import io.ranking4j.fusion.search.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Regret of the searches on test functions at equal evaluations, medians over seeds. */
public final class SearchBenchmark {
  private SearchBenchmark() {}

  /**
   * What the searches reached.
   *
   * @param function on what
   * @param evaluations after how many
   * @param bayesian median regret of the Bayesian search; NaN where most found nothing allowed
   * @param sobol that of Sobol search
   * @param random that of random search
   */
  public record Row(
      TestFunction function, int evaluations, double bayesian, double sobol, double random) {}

  /**
   * Runs every search.
   *
   * @param seeds how many, at least 1
   * @param onSearch told of every search that has ended
   */
  public static List<Row> run(TestFunction function, int seeds, Runnable onSearch) {
    double[][][] regrets = new double[3][function.checkpoints().size()][seeds];
    for (int seed = 0; seed < seeds; seed++) {
      List<Search> searches =
          List.of(
              BayesianSearch.of(
                  BayesianOptions.defaults().withInitialTrials(function.initial()), seed),
              new SobolSearch(seed),
              new RandomSearch(seed));
      for (int s = 0; s < searches.size(); s++) {
        double[] regret = function.regret(searches.get(s), seed);
        for (int c = 0; c < regret.length; c++) {
          regrets[s][c][seed] = regret[c];
        }
      }
      onSearch.run();
    }
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < function.checkpoints().size(); c++) {
      rows.add(
          new Row(
              function,
              function.checkpoints().get(c),
              median(regrets[0][c]),
              median(regrets[1][c]),
              median(regrets[2][c])));
    }
    return rows;
  }

  /**
   * Returns how long it takes to propose a batch of 4 after 100 noisy trials in 6 dimensions, in
   * seconds: the median of some proposals, after one that is not counted.
   *
   * @param proposals how many are timed, at least 1
   */
  public static double proposalSeconds(int proposals) {
    SearchProblem problem = TestFunction.HARTMANN6.problem(1);
    Random random = new Random(1);
    List<Trial> trials = new ArrayList<>();
    for (double[] point : new SobolSearch(1).propose(problem, List.of(), 100).points()) {
      trials.add(TestFunction.HARTMANN6.evaluate(point, .1, random));
    }
    double[] seconds = new double[proposals];
    for (int i = -1; i < proposals; i++) {
      long start = System.nanoTime();
      BayesianSearch.of(i).propose(problem, trials, 4);
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    return median(seconds);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted); // NaN, no allowed point, last: the worst
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
