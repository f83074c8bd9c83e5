package io.ranking4j.examples.tuning;

import io.ranking4j.fusion.gp.TimeCorrelation;
import io.ranking4j.fusion.search.BayesianOptions;
import io.ranking4j.fusion.search.BayesianSearch;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.search.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A simulated online loop whose best weights move with the hour of the day, in noise: what an upper
 * confidence bound that knows the period loses over a week, beside one that knows no time, one that
 * starts again every day and one that forgets.
 */
public final class SeasonBenchmark {
  /** Hours between two trials. */
  public static final int STEP = 2;

  /** Days of the loop. */
  public static final int DAYS = 7;

  /** The standard deviation of the noise; values are at most 1. */
  public static final double NOISE = .1;

  /** How many ways of choosing are compared. */
  public static final int WAYS = 4;

  private SeasonBenchmark() {}

  /**
   * Runs every way of choosing.
   *
   * @param seeds how many, at least 1
   * @param onSearch told of every search that has ended, {@value #WAYS} for a seed
   * @return by name, the median cumulative regret
   */
  public static Map<String, Double> run(int seeds, Runnable onSearch) {
    BayesianOptions options =
        BayesianOptions.defaults()
            .withAcquisition(BayesianOptions.Acquisition.UPPER_CONFIDENCE_BOUND);
    Map<String, BayesianOptions> ways = new LinkedHashMap<>();
    ways.put("periodic", options.withTime(TimeCorrelation.periodic(24)));
    ways.put("without time", options);
    ways.put("restarting every day", options);
    ways.put("forgetting", options.withTime(TimeCorrelation.forgetting(.1)));
    Map<String, Double> medians = new LinkedHashMap<>();
    ways.forEach(
        (name, way) -> {
          double[] regrets = new double[seeds];
          for (int seed = 0; seed < seeds; seed++) {
            regrets[seed] = regret(way, name.startsWith("restarting"), seed);
            onSearch.run();
          }
          medians.put(name, SearchBenchmark.median(regrets));
        });
    return medians;
  }

  private static double value(double[] x, double hour) {
    double best = .5 + .35 * Math.sin(2 * Math.PI * hour / 24);
    return 1 - 4 * (x[0] - best) * (x[0] - best) - (x[1] - .3) * (x[1] - .3);
  }

  private static double regret(BayesianOptions options, boolean restarts, long seed) {
    SearchSpace space = SearchSpace.box(List.of("a", "b"), 0, 1);
    SearchProblem problem = SearchProblem.of(space, Objective.maximise("f"), new double[] {.5, .5});
    Random random = new Random(seed);
    List<Trial> trials = new ArrayList<>();
    double total = 0;
    for (int hour = 0; hour < 24 * DAYS; hour += STEP) {
      if (restarts && hour % 24 == 0) {
        trials.clear();
      }
      double[] x =
          new BayesianSearch(options, seed, hour).propose(problem, trials, 1).points().get(0);
      double value = value(x, hour);
      total += 1 - value;
      trials.add(
          new Trial(
              x,
              Map.of("f", new Measurement(value + NOISE * random.nextGaussian(), NOISE)),
              hour,
              hour));
    }
    return total;
  }
}
