package io.ranking4j.fusion.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ranking4j.fusion.gp.TimeCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A simulated online loop whose best weights move with the hour of the day, in noise: the
 * cumulative regret of a confidence bound that knows the period beside one that knows no time, one
 * that starts again every day and one that forgets. Prints its table; {@code
 * -Dranking4j.benchmark.seeds=30} for the figures of the documentation.
 */
@Tag("slow")
class SeasonBenchmarkTest {
  private static final int SEEDS = Integer.getInteger("ranking4j.benchmark.seeds", 3);
  private static final int STEP = 2;
  private static final int DAYS = 7;
  private static final double NOISE = .1;

  private static double best(double hour) {
    return .5 + .35 * Math.sin(2 * Math.PI * hour / 24);
  }

  private static double value(double[] x, double hour) {
    double a = x[0] - best(hour);
    double b = x[1] - .3;
    return 1 - 4 * a * a - b * b;
  }

  private static double regret(BayesianOptions options, int restartHours, long seed) {
    SearchSpace space = SearchSpace.box(List.of("a", "b"), 0, 1);
    SearchProblem problem = SearchProblem.of(space, Objective.maximise("f"), new double[] {.5, .5});
    BayesianOptions bound =
        options.withAcquisition(BayesianOptions.Acquisition.UPPER_CONFIDENCE_BOUND);
    Random random = new Random(seed);
    List<Trial> trials = new ArrayList<>();
    double total = 0;
    for (int hour = 0; hour < 24 * DAYS; hour += STEP) {
      if (hour > 0 && hour % restartHours == 0) {
        trials.clear();
      }
      double[] x =
          new BayesianSearch(bound, seed, hour).propose(problem, trials, 1).points().get(0);
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

  private static double median(BayesianOptions options, int restartHours) {
    double[] regrets = new double[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      regrets[seed] = regret(options, restartHours, seed);
    }
    Arrays.sort(regrets);
    return (regrets[(SEEDS - 1) / 2] + regrets[SEEDS / 2]) / 2;
  }

  @Test
  void should_regret_less_when_it_knows_the_season() {
    BayesianOptions options = BayesianOptions.defaults();
    int never = Integer.MAX_VALUE;
    double periodic = median(options.withTime(TimeCorrelation.periodic(24)), never);
    double timeless = median(options, never);
    double restarting = median(options, 24);
    double forgetting = median(options.withTime(TimeCorrelation.forgetting(.1)), never);
    print(
        "daily season, " + DAYS + " days, a trial every " + STEP + " hours, noise " + NOISE,
        String.format(
            Locale.ROOT,
            "median cumulative regret of %d seeds: periodic %.2f, timeless %.2f, restarting"
                + " every day %.2f, forgetting %.2f",
            SEEDS,
            periodic,
            timeless,
            restarting,
            forgetting));
    assertThat(periodic).isLessThan(timeless).isLessThan(restarting);
  }

  /** The reporter's entries stay in memory under Surefire; the table is for people to read. */
  private static void print(String what, String figures) {
    System.out.println(what + ": " + figures);
  }
}
