package io.ranking4j.fusion.search;

import io.ranking4j.fusion.gp.ConditionalSamples;
import io.ranking4j.fusion.gp.ProjectedGradient;
import java.util.Arrays;
import java.util.List;

/**
 * The logarithm of the mean over joint draws of what a point is worth times the probability that it
 * meets the constraints, both in closed form given a draw: Letham et al., "Constrained Bayesian
 * optimization with noisy experiments", 2019, in the log form of Ament et al., 2023. Negated, for
 * it is to be minimised. Not safe to share.
 */
abstract class SampledAcquisition implements ProjectedGradient.Function {
  private final SearchProblem problem;
  private final Draws draws;
  private final List<String> metrics;
  private final ConditionalSamples.Evaluator[] evaluators;
  private final double[][] thresholds;
  private final double[][] meanWeights;
  private final double[] deviationWeights;
  private final double[] terms;

  SampledAcquisition(SearchProblem problem, Draws draws) {
    this.problem = problem;
    this.draws = draws;
    this.metrics = List.copyOf(problem.metrics());
    this.evaluators =
        metrics.stream()
            .map(metric -> draws.of(metric).evaluator())
            .toArray(ConditionalSamples.Evaluator[]::new);
    int count = draws.count();
    this.thresholds = new double[problem.constraints().size()][count];
    for (int c = 0; c < thresholds.length; c++) {
      Constraint constraint = problem.constraints().get(c);
      for (int s = 0; s < count; s++) {
        thresholds[c][s] =
            constraint.value()
                * (constraint.isRelative() ? draws.baseline(constraint.metric(), s) : 1);
      }
    }
    this.meanWeights = new double[metrics.size()][count];
    this.deviationWeights = new double[metrics.size()];
    this.terms = new double[count];
  }

  /** The logarithm of what the point is worth in a draw. */
  abstract double logWorth(int draw);

  /** Adds the derivatives of {@link #logWorth}, weighted, through {@link #add}. */
  abstract void addSlopes(int draw, double weight);

  final int index(String metric) {
    return metrics.indexOf(metric);
  }

  final double mean(int metric, int draw) {
    return evaluators[metric].mean(draw);
  }

  final double deviation(int metric) {
    return evaluators[metric].standardDeviation();
  }

  final void add(int metric, int draw, double byMean, double byDeviation) {
    meanWeights[metric][draw] += byMean;
    deviationWeights[metric] += byDeviation;
  }

  @Override
  public final double at(double[] unit, double[] gradient) {
    double value = logAt(unit);
    Arrays.fill(gradient, 0);
    Arrays.fill(deviationWeights, 0);
    for (double[] weights : meanWeights) {
      Arrays.fill(weights, 0);
    }
    double total = Normal.logSumExp(terms);
    for (int s = 0; s < terms.length; s++) {
      double weight = Math.exp(terms[s] - total);
      if (weight > 1e-12) {
        addSlopes(s, weight);
        for (int c = 0; c < thresholds.length; c++) {
          Constraint constraint = problem.constraints().get(c);
          int metric = index(constraint.metric());
          double deviation = deviation(metric);
          double z = constraint.sign() * (mean(metric, s) - thresholds[c][s]) / deviation;
          double slope = weight * Normal.logCdfSlope(z) / deviation;
          add(metric, s, slope * constraint.sign(), -slope * z);
        }
      }
    }
    for (int m = 0; m < evaluators.length; m++) {
      evaluators[m].addGradient(meanWeights[m], deviationWeights[m], gradient);
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = -gradient[i];
    }
    return -value;
  }

  /** The value, to be maximised, without its gradient. */
  final double logAt(double[] unit) {
    double[] coordinates = draws.coordinates(unit);
    for (ConditionalSamples.Evaluator evaluator : evaluators) {
      evaluator.moveTo(coordinates);
    }
    for (int s = 0; s < terms.length; s++) {
      double term = logWorth(s);
      for (int c = 0; c < thresholds.length; c++) {
        Constraint constraint = problem.constraints().get(c);
        int metric = index(constraint.metric());
        term +=
            Normal.logCdf(
                constraint.sign() * (mean(metric, s) - thresholds[c][s]) / deviation(metric));
      }
      terms[s] = term;
    }
    return Normal.logSumExp(terms) - Math.log(terms.length);
  }
}
