package io.ranking4j.fusion.search;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The baseline, then points spread evenly by a scrambled Sobol sequence: no model, and hard to beat
 * where evaluations are many.
 *
 * @param seed of the scrambling
 */
public record SobolSearch(long seed) implements Search {
  @Override
  public String name() {
    return "sobol";
  }

  @Override
  public Proposal propose(SearchProblem problem, List<Trial> trials, int count) {
    return new Proposal(points(problem, trials, count, seed), OptionalDouble.empty());
  }

  static List<double[]> points(SearchProblem problem, List<Trial> trials, int count, long seed) {
    List<double[]> points = startWithBaseline(problem, trials, count);
    Sobol sobol = new Sobol(problem.space().size(), seed).skip(trials.size() + points.size());
    while (points.size() < count) {
      points.add(problem.space().ofUnit(problem.space().spread(sobol.next())));
    }
    return points;
  }

  static List<double[]> startWithBaseline(SearchProblem problem, List<Trial> trials, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least 1 point must be asked for, but was " + count);
    }
    List<double[]> points = new ArrayList<>();
    if (trials.isEmpty()) {
      points.add(problem.baseline());
    }
    return points;
  }
}
