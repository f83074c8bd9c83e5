package io.ranking4j.examples.tuning;

import io.ranking4j.fusion.search.Constraint;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.Search;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.search.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The usual test functions of global optimisation, each with the way it is searched. */
public enum TestFunction {
  /** Branin on [-5, 10] x [0, 15]. */
  BRANIN("Branin", 2, .397887358, 5, 1, 0, 30, 60),
  /** Hartmann6 on the unit cube. */
  HARTMANN6("Hartmann6", 6, -3.322368011, 12, 1, 0, 30, 60),
  /** The toy problem of Gramacy et al., 2016, with two constraints. */
  CONSTRAINED_GRAMACY("constrained Gramacy", 2, .599788052, 5, 1, 0, 30),
  /** Hartmann6 where the inputs add up to 1, as weights do. */
  HARTMANN6_ON_SIMPLEX("Hartmann6 on the simplex", 6, -1.515027107, 12, 1, 0, 60),
  /** Hartmann6 upside down where the inputs add up to at most 3, in noise, by batches of 3. */
  CONSTRAINED_HARTMANN6("constrained Hartmann6 in noise", 6, 3.322368011, 10, 3, .25, 28, 70);

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

  private final String title;
  private final int inputs;
  private final double optimum;
  private final int initial;
  private final int batch;
  private final double noise;
  private final int[] checkpoints;

  TestFunction(
      String title,
      int inputs,
      double optimum,
      int initial,
      int batch,
      double noise,
      int... checkpoints) {
    this.title = title;
    this.inputs = inputs;
    this.optimum = optimum;
    this.initial = initial;
    this.batch = batch;
    this.noise = noise;
    this.checkpoints = checkpoints;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** The value of the best allowed point, to 1e-9: a regret below that says nothing. */
  public double optimum() {
    return optimum;
  }

  /** How many points are spread evenly before a model is used. */
  public int initial() {
    return initial;
  }

  /** After how many evaluations it is asked what was found. */
  public List<Integer> checkpoints() {
    return Arrays.stream(checkpoints).boxed().toList();
  }

  private static double branin(double[] x) {
    double a = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
    return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10;
  }

  private static double hartmann6(double[] x) {
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

  private Map<String, ToDoubleFunction<double[]>> metrics() {
    Map<String, ToDoubleFunction<double[]>> metrics = new LinkedHashMap<>();
    switch (this) {
      case BRANIN -> metrics.put("f", TestFunction::branin);
      case HARTMANN6, HARTMANN6_ON_SIMPLEX -> metrics.put("f", TestFunction::hartmann6);
      case CONSTRAINED_HARTMANN6 -> {
        metrics.put("f", x -> -hartmann6(x));
        metrics.put("c", x -> Arrays.stream(x).sum());
      }
      case CONSTRAINED_GRAMACY -> {
        metrics.put("f", x -> x[0] + x[1]);
        metrics.put(
            "c",
            x -> 1.5 - x[0] - 2 * x[1] - .5 * Math.sin(2 * Math.PI * (x[0] * x[0] - 2 * x[1])));
        metrics.put("d", x -> x[0] * x[0] + x[1] * x[1] - 1.5);
      }
    }
    return metrics;
  }

  /** The problem, from a random point as what is hand-picked. */
  SearchProblem problem(long seed) {
    List<String> names = IntStream.range(0, inputs).mapToObj(i -> "x" + i).toList();
    SearchSpace cube = SearchSpace.box(names, 0, 1);
    double[] anywhere = new Random(seed).doubles(inputs).toArray();
    return switch (this) {
      case BRANIN ->
          SearchProblem.of(
              SearchSpace.box(names, 0, 15).withBounds("x0", -5, 10),
              Objective.minimise("f"),
              new double[] {15 * anywhere[0] - 5, 15 * anywhere[1]});
      case HARTMANN6 -> SearchProblem.of(cube, Objective.minimise("f"), anywhere);
      case CONSTRAINED_GRAMACY ->
          SearchProblem.of(cube, Objective.minimise("f"), anywhere)
              .withConstraint(Constraint.atMost("c", 0))
              .withConstraint(Constraint.atMost("d", 0));
      case HARTMANN6_ON_SIMPLEX -> {
        double sum = Arrays.stream(anywhere).map(Math::log).sum();
        yield SearchProblem.of(
            SearchSpace.simplex(names, 1),
            Objective.minimise("f"),
            Arrays.stream(anywhere).map(u -> Math.log(u) / sum).toArray());
      }
      case CONSTRAINED_HARTMANN6 ->
          SearchProblem.of(cube, Objective.maximise("f"), anywhere)
              .withConstraint(Constraint.atMost("c", 3));
    };
  }

  /**
   * Searches, and returns the regret of the best allowed point after as many evaluations as each
   * checkpoint says: its true value, although the search saw noise. NaN where none was allowed.
   */
  double[] regret(Search search, long seed) {
    SearchProblem problem = problem(seed);
    Map<String, ToDoubleFunction<double[]>> metrics = metrics();
    Random random = new Random(seed);
    List<Trial> trials = new ArrayList<>();
    List<Double> regrets = new ArrayList<>();
    int most = Arrays.stream(checkpoints).max().orElse(0);
    while (trials.size() < most) {
      int count = trials.isEmpty() ? initial : Math.min(batch, most - trials.size());
      for (double[] x : search.propose(problem, List.copyOf(trials), count).points()) {
        trials.add(evaluate(x, noise, random));
        regrets.add(regret(problem, metrics, x));
      }
    }
    double[] best = new double[checkpoints.length];
    for (int c = 0; c < best.length; c++) {
      best[c] =
          regrets.subList(0, checkpoints[c]).stream()
              .mapToDouble(Double::doubleValue)
              .filter(regret -> !Double.isNaN(regret))
              .min()
              .orElse(Double.NaN);
    }
    return best;
  }

  /** A trial of a point, with noise of a known standard deviation on every metric. */
  Trial evaluate(double[] x, double deviation, Random random) {
    Map<String, Measurement> outcomes = new LinkedHashMap<>();
    metrics()
        .forEach(
            (metric, function) ->
                outcomes.put(
                    metric,
                    new Measurement(
                        function.applyAsDouble(x) + deviation * random.nextGaussian(), deviation)));
    return Trial.of(x, outcomes);
  }

  private double regret(
      SearchProblem problem, Map<String, ToDoubleFunction<double[]>> metrics, double[] x) {
    Map<String, Measurement> exact = new LinkedHashMap<>();
    metrics.forEach(
        (metric, function) -> exact.put(metric, Measurement.exact(function.applyAsDouble(x))));
    Trial trial = Trial.of(x, exact);
    if (!problem.violated(trial, trial).isEmpty()) {
      return Double.NaN;
    }
    Measurement value = exact.get("f");
    return value == null ? Double.NaN : Math.abs(value.mean() - optimum);
  }
}
