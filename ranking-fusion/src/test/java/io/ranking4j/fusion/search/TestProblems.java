package io.ranking4j.fusion.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The usual test functions of global optimisation, and a loop that searches them. */
final class TestProblems {
  private static final double[] ALPHA = {1, 1.2, 3, 3.2};
  private static final double[][] A = {
    {10, 3, 17, 3.5, 1.7, 8},
    {.05, 10, 17, .1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, .05, 10, .1, 14}
  };
  private static final double[][] P = {
    {.1312, .1696, .5569, .0124, .8283, .5886},
    {.2329, .4135, .8307, .3736, .1004, .9991},
    {.2348, .1451, .3522, .2883, .3047, .6650},
    {.4047, .8828, .8732, .5743, .1091, .0381}
  };

  private TestProblems() {}

  static double hartmann6(double[] x) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      double exponent = 0;
      for (int j = 0; j < 6; j++) {
        exponent += A[i][j] * (x[j] - P[i][j]) * (x[j] - P[i][j]);
      }
      sum -= ALPHA[i] * Math.exp(-exponent);
    }
    return sum;
  }

  static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x" + i).toList();
  }

  /** A problem with its metrics. */
  record Problem(
      String name, SearchProblem problem, Map<String, ToDoubleFunction<double[]>> metrics) {
    Trial evaluate(double[] x, double noise, Random random) {
      Map<String, Measurement> outcomes = new HashMap<>();
      metrics.forEach(
          (metric, function) ->
              outcomes.put(
                  metric,
                  new Measurement(
                      function.applyAsDouble(x) + noise * random.nextGaussian(), noise)));
      return Trial.of(x, outcomes);
    }

    /** The true value of the best allowed point among the first so many; NaN where none is. */
    double best(List<Trial> trials, int first) {
      Objective objective = problem.objectives().get(0);
      double best = Double.NaN;
      for (Trial trial : trials.subList(0, Math.min(first, trials.size()))) {
        Trial exact = evaluate(trial.point(), 0, new Random(0));
        if (problem.violated(exact, exact).isEmpty()) {
          double value = SearchProblem.measured(exact, objective.metric()).mean();
          if (Double.isNaN(best) || objective.sign() * (value - best) > 0) {
            best = value;
          }
        }
      }
      return best;
    }

    List<Trial> run(
        Search search, int initial, int batch, int evaluations, double noise, long seed) {
      Random random = new Random(seed);
      List<Trial> trials = new ArrayList<>();
      while (trials.size() < evaluations) {
        int count = trials.isEmpty() ? initial : Math.min(batch, evaluations - trials.size());
        for (double[] x : search.propose(problem, List.copyOf(trials), count).points()) {
          problem.space().check(x);
          trials.add(evaluate(x, noise, random));
        }
      }
      return trials;
    }
  }

  /** A baseline that tells nothing: a random point of the space. */
  private static double[] anywhere(SearchSpace space, long seed) {
    double[] uniform = new Random(seed).doubles(space.size()).toArray();
    return space.ofUnit(space.spread(uniform));
  }

  static Problem hartmannProblem(long seed) {
    SearchSpace space = SearchSpace.box(names(6), 0, 1);
    return new Problem(
        "Hartmann6",
        SearchProblem.of(space, Objective.minimise("f"), anywhere(space, seed)),
        Map.of("f", TestProblems::hartmann6));
  }

  static Problem gramacy(long seed) {
    SearchSpace space = SearchSpace.box(names(2), 0, 1);
    return new Problem(
        "constrained Gramacy",
        SearchProblem.of(space, Objective.minimise("f"), anywhere(space, seed))
            .withConstraint(Constraint.atMost("c1", 0))
            .withConstraint(Constraint.atMost("c2", 0)),
        Map.of(
            "f",
            x -> x[0] + x[1],
            "c1",
            x -> 1.5 - x[0] - 2 * x[1] - .5 * Math.sin(2 * Math.PI * (x[0] * x[0] - 2 * x[1])),
            "c2",
            x -> x[0] * x[0] + x[1] * x[1] - 1.5));
  }
}
