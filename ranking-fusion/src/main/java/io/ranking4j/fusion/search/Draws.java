package io.ranking4j.fusion.search;

import io.ranking4j.fusion.gp.ConditionalSamples;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joint draws of every metric at the points that matter: all that were tried, the baseline, and
 * those that are pending. Immutable.
 */
final class Draws {
  private final SearchProblem problem;
  private final boolean timed;
  private final double now;
  private final int count;
  private final int points;
  private final int baselineIndex;
  private final Map<String, ConditionalSamples> samples = new LinkedHashMap<>();
  private final Map<String, double[]> means = new LinkedHashMap<>();

  /**
   * Draws.
   *
   * @param units the points in the unit cube, distinct
   * @param baselineIndex the baseline among them, or -1 to take its mean for certain
   * @param normals one row a draw, with a block of {@code room} numbers for every metric
   */
  Draws(
      SearchProblem problem,
      Surrogate surrogate,
      List<double[]> units,
      int baselineIndex,
      double now,
      double[][] normals,
      int room) {
    this.problem = problem;
    this.timed = surrogate.isTimed();
    this.now = now;
    this.count = normals.length;
    this.points = units.size();
    this.baselineIndex = baselineIndex;
    double[][] chosen = units.stream().map(this::coordinates).toArray(double[][]::new);
    int block = 0;
    for (String metric : problem.metrics()) {
      int from = block * room;
      double[][] own =
          Arrays.stream(normals)
              .map(row -> Arrays.copyOfRange(row, from, from + room))
              .toArray(double[][]::new);
      samples.put(metric, new ConditionalSamples(surrogate.process(metric), chosen, own));
      double[] baseline = coordinates(problem.space().toUnit(problem.baseline()));
      means.put(metric, new double[] {surrogate.process(metric).mean(baseline)});
      block++;
    }
  }

  int count() {
    return count;
  }

  int points() {
    return points;
  }

  double[] coordinates(double[] unit) {
    return Surrogate.withTime(unit, now, timed);
  }

  ConditionalSamples of(String metric) {
    return java.util.Objects.requireNonNull(samples.get(metric));
  }

  double baseline(String metric, int draw) {
    return baselineIndex < 0
        ? java.util.Objects.requireNonNull(means.get(metric))[0]
        : of(metric).at(draw, baselineIndex);
  }

  /** Whether a point meets every constraint in a draw. */
  boolean isFeasible(int draw, int point) {
    for (Constraint constraint : problem.constraints()) {
      double reference = constraint.isRelative() ? baseline(constraint.metric(), draw) : 0;
      if (constraint.slack(of(constraint.metric()).at(draw, point), reference) < 0) {
        return false;
      }
    }
    return true;
  }
}
