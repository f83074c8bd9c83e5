package io.ranking4j.fusion.search;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * The baseline, then uniformly random points.
 *
 * @param seed of the points
 */
public record RandomSearch(long seed) implements Search {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public Proposal propose(SearchProblem problem, List<Trial> trials, int count) {
    List<double[]> points = SobolSearch.startWithBaseline(problem, trials, count);
    SearchSpace space = problem.space();
    while (points.size() < count) {
      // A generator for every point: the same trials give the same point, however many at a time.
      SplittableRandom random =
          new SplittableRandom(seed * 0x9E3779B97F4A7C15L + trials.size() + points.size());
      double[] uniform = random.doubles(space.size()).toArray();
      points.add(space.ofUnit(space.spread(uniform)));
    }
    return new Proposal(points, OptionalDouble.empty());
  }
}
