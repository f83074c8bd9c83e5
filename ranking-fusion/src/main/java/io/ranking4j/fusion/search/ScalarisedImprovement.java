package io.ranking4j.fusion.search;

/**
 * Improvement of several objectives through one: the least of their weighted gains, with weights of
 * their own for every proposal, so that proposals spread along the front. ParEGO (Knowles, 2006)
 * with noisy observations, after Daulton et al., 2021; the least and the improvement are smoothed.
 */
final class ScalarisedImprovement extends SampledAcquisition {
  /** How sharp the least and the improvement are, in ranges of the objectives. */
  private static final double SMOOTHING = 0.01;

  private final int[] metrics;
  private final double[] signs;
  private final double[] scales;
  private final double[] offsets;
  private final double[][] normals;
  private final double[] best;
  private final boolean hasFeasible;
  private final double[] gains;

  /**
   * Prepares.
   *
   * @param weights one above 0 for every objective
   * @param normals one row a draw, a standard normal number for every objective
   */
  ScalarisedImprovement(SearchProblem problem, Draws draws, double[] weights, double[][] normals) {
    super(problem, draws);
    int objectives = problem.objectives().size();
    this.metrics = new int[objectives];
    this.signs = new double[objectives];
    this.scales = new double[objectives];
    this.offsets = new double[objectives];
    this.normals = normals;
    this.gains = new double[objectives];
    for (int k = 0; k < objectives; k++) {
      Objective objective = problem.objectives().get(k);
      metrics[k] = index(objective.metric());
      signs[k] = objective.sign();
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < draws.count(); s++) {
        for (int p = 0; p < draws.points(); p++) {
          double value = signs[k] * draws.of(objective.metric()).at(s, p);
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      scales[k] = weights[k] / Math.max(high - low, 1e-12);
      offsets[k] = low;
    }
    this.best = new double[draws.count()];
    boolean anywhere = false;
    for (int s = 0; s < best.length; s++) {
      best[s] = 0;
      for (int p = 0; p < draws.points(); p++) {
        if (draws.isFeasible(s, p)) {
          anywhere = true;
          for (int k = 0; k < objectives; k++) {
            double value = draws.of(problem.objectives().get(k).metric()).at(s, p);
            gains[k] = scales[k] * (signs[k] * value - offsets[k]);
          }
          best[s] = Math.max(best[s], least());
        }
      }
    }
    this.hasFeasible = anywhere;
  }

  private double least() {
    double[] negated = new double[gains.length];
    for (int k = 0; k < gains.length; k++) {
      negated[k] = -gains[k] / SMOOTHING;
    }
    return -SMOOTHING * Normal.logSumExp(negated);
  }

  private double leastAt(int draw) {
    for (int k = 0; k < gains.length; k++) {
      double value = mean(metrics[k], draw) + deviation(metrics[k]) * normals[draw][k];
      gains[k] = scales[k] * (signs[k] * value - offsets[k]);
    }
    return least();
  }

  private double z(int draw) {
    return (leastAt(draw) - best[draw]) / SMOOTHING;
  }

  @Override
  double logWorth(int draw) {
    return hasFeasible ? Normal.logImprovement(z(draw)) : 0;
  }

  @Override
  void addSlopes(int draw, double weight) {
    if (!hasFeasible) {
      return;
    }
    double least = leastAt(draw);
    double slope =
        weight * Normal.logImprovementSlope((least - best[draw]) / SMOOTHING) / SMOOTHING;
    for (int k = 0; k < gains.length; k++) {
      double share = Math.exp((least - gains[k]) / SMOOTHING);
      double byValue = slope * share * scales[k] * signs[k];
      add(metrics[k], draw, byValue, byValue * normals[draw][k]);
    }
  }
}
