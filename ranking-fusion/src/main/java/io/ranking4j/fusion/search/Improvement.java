package io.ranking4j.fusion.search;

import java.util.Arrays;

/**
 * Expected improvement of one objective over the best allowed point of every draw; nothing but the
 * probability of meeting the constraints while no point does in any draw.
 */
final class Improvement extends SampledAcquisition {
  private final int metric;
  private final double sign;
  private final double[] best;
  private final double[] wins;
  private final boolean hasFeasible;

  Improvement(SearchProblem problem, Draws draws) {
    super(problem, draws);
    Objective objective = problem.objectives().get(0);
    this.metric = index(objective.metric());
    this.sign = objective.sign();
    this.best = new double[draws.count()];
    this.wins = new double[draws.points()];
    boolean anywhere = false;
    for (int s = 0; s < best.length; s++) {
      int winner = -1;
      double worst = Double.POSITIVE_INFINITY;
      double highest = Double.NEGATIVE_INFINITY;
      for (int p = 0; p < draws.points(); p++) {
        double value = sign * draws.of(objective.metric()).at(s, p);
        worst = Math.min(worst, value);
        if (value > highest && draws.isFeasible(s, p)) {
          highest = value;
          winner = p;
        }
      }
      // Where no point is allowed, any allowed one improves on the worst that was seen.
      best[s] = winner < 0 ? worst : highest;
      if (winner >= 0) {
        wins[winner]++;
        anywhere = true;
      }
    }
    this.hasFeasible = anywhere;
  }

  boolean hasFeasible() {
    return hasFeasible;
  }

  /** In how many draws every point is the best allowed one. */
  double[] wins() {
    return Arrays.copyOf(wins, wins.length);
  }

  private double z(int draw) {
    return (sign * mean(metric, draw) - best[draw]) / deviation(metric);
  }

  @Override
  double logWorth(int draw) {
    return hasFeasible ? Normal.logImprovement(z(draw)) + Math.log(deviation(metric)) : 0;
  }

  @Override
  void addSlopes(int draw, double weight) {
    if (hasFeasible) {
      double z = z(draw);
      double slope = Normal.logImprovementSlope(z);
      double deviation = deviation(metric);
      add(metric, draw, weight * sign * slope / deviation, weight * (1 - slope * z) / deviation);
    }
  }
}
