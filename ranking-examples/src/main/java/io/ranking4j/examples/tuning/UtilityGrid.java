package io.ranking4j.examples.tuning;

import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.search.Trial;
import io.ranking4j.fusion.tuning.UtilityTuner;
import io.ranking4j.ranking.CandidatePredictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All weights of a fine grid: slow, and what a search is measured against. */
public final class UtilityGrid {
  private UtilityGrid() {}

  /**
   * Returns the best allowed weights of the grid; empty where none is allowed.
   *
   * @param baseline the hand-picked weights, for constraints that compare with them
   * @param steps into how many parts the range of every weight is cut, at least 1
   */
  public static Optional<Trial> best(
      UtilityTuner tuner, CandidatePredictions predictions, Trial baseline, int steps) {
    SearchProblem problem = tuner.problem();
    String objective = problem.objectives().get(0).metric();
    Trial best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (double[] point : points(problem.space(), steps)) {
      Trial trial = Trial.of(point, tuner.evaluate(problem.space().toMap(point), predictions));
      double value = Objects.requireNonNull(trial.outcomes().get(objective)).mean();
      if (value > highest && problem.violated(trial, baseline).isEmpty()) {
        highest = value;
        best = trial;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The points of the grid that are in the space; where there is a total it fixes the last. */
  static List<double[]> points(SearchSpace space, int steps) {
    List<double[]> points = new ArrayList<>();
    collect(space, steps, new double[space.size()], 0, points);
    return points;
  }

  private static void collect(
      SearchSpace space, int steps, double[] point, int at, List<double[]> points) {
    double[] lower = space.lower();
    double[] upper = space.upper();
    boolean fixedByTotal = space.total().isPresent() && at == point.length - 1;
    if (fixedByTotal) {
      double rest = space.total().getAsDouble();
      for (int i = 0; i < at; i++) {
        rest -= point[i];
      }
      double slack = 1e-9 * (upper[at] - lower[at]);
      if (rest >= lower[at] - slack && rest <= upper[at] + slack) {
        double[] whole = point.clone();
        whole[at] = Math.max(lower[at], Math.min(upper[at], rest));
        points.add(whole);
      }
      return;
    }
    if (at == point.length) {
      points.add(point.clone());
      return;
    }
    for (int step = 0; step <= steps; step++) {
      point[at] = lower[at] + (upper[at] - lower[at]) * step / steps;
      collect(space, steps, point, at + 1, points);
    }
  }
}
