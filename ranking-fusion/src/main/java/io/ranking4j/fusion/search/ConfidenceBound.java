package io.ranking4j.fusion.search;

/** The upper confidence bound of one objective, in units of its prior standard deviation. */
final class ConfidenceBound extends SampledAcquisition {
  private final int metric;
  private final double sign;
  private final double scale;
  private final double width;

  /**
   * Prepares.
   *
   * @param draws a single one, of the means
   * @param scale the unit of the objective
   * @param width how many standard deviations the bound is above the mean
   */
  ConfidenceBound(SearchProblem problem, Draws draws, double scale, double width) {
    super(problem, draws);
    Objective objective = problem.objectives().get(0);
    this.metric = index(objective.metric());
    this.sign = objective.sign();
    this.scale = scale;
    this.width = width;
  }

  @Override
  double logWorth(int draw) {
    return (sign * mean(metric, draw) + width * deviation(metric)) / scale;
  }

  @Override
  void addSlopes(int draw, double weight) {
    add(metric, draw, weight * sign / scale, weight * width / scale);
  }
}
