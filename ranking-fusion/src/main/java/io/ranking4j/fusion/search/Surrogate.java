package io.ranking4j.fusion.search;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.fusion.gp.GaussianProcess;
import io.ranking4j.fusion.gp.LeaveOneOut;
import io.ranking4j.fusion.gp.Observations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the trials so far say about every metric at any point: an independent Gaussian process for
 * each. Immutable and safe to share.
 */
public final class Surrogate {
  private final SearchProblem problem;
  private final BayesianOptions options;
  private final Map<String, GaussianProcess> processes;

  private Surrogate(
      SearchProblem problem, BayesianOptions options, Map<String, GaussianProcess> processes) {
    this.problem = problem;
    this.options = options;
    this.processes = processes;
  }

  /**
   * Fits a process to every metric of the problem.
   *
   * @param trials at least one of them with outcomes; pending ones are left out
   * @param seed of the search of hyperparameters
   * @throws IllegalArgumentException where no trial has outcomes, or one lacks a metric
   */
  public static Surrogate fit(
      SearchProblem problem, List<Trial> trials, BayesianOptions options, long seed) {
    List<Trial> observed = trials.stream().filter(trial -> !trial.isPending()).toList();
    boolean timed = options.time().isTimeUsed();
    double[][] points =
        observed.stream()
            .map(trial -> coordinates(problem.space(), trial.sharedPoint(), trial.time(), timed))
            .toArray(double[][]::new);
    int[] batches =
        options.hasBatchOffsets() ? observed.stream().mapToInt(Trial::batch).toArray() : new int[0];
    Map<String, GaussianProcess> processes = new LinkedHashMap<>();
    for (String metric : problem.metrics()) {
      List<Measurement> measured =
          observed.stream().map(trial -> SearchProblem.measured(trial, metric)).toList();
      double[] values = measured.stream().mapToDouble(Measurement::mean).toArray();
      double[] variances =
          measured.stream().mapToDouble(m -> m.standardError() * m.standardError()).toArray();
      boolean known = Arrays.stream(variances).noneMatch(Double::isNaN);
      Observations observations =
          new Observations(points, values, known ? variances : new double[0], batches);
      processes.put(metric, GaussianProcess.fit(observations, options.time(), options.fit(), seed));
    }
    return new Surrogate(problem, options, processes);
  }

  static double[] coordinates(SearchSpace space, double[] point, double time, boolean timed) {
    return withTime(space.toUnit(point), time, timed);
  }

  static double[] withTime(double[] unit, double time, boolean timed) {
    if (!timed) {
      return unit;
    }
    double[] coordinates = Arrays.copyOf(unit, unit.length + 1);
    coordinates[unit.length] = time;
    return coordinates;
  }

  boolean isTimed() {
    return options.time().isTimeUsed();
  }

  GaussianProcess process(String metric) {
    GaussianProcess process = processes.get(metric);
    if (process == null) {
      throw new UnknownNameException("metric", metric, processes.keySet());
    }
    return process;
  }

  /**
   * Returns what is known of a metric at a point: its mean and standard deviation, without the
   * noise of a measurement.
   *
   * @param time when, where time plays a part
   * @throws UnknownNameException where the problem has no such metric
   */
  public Measurement predict(String metric, double[] point, double time) {
    GaussianProcess.Posterior posterior =
        process(metric).predict(coordinates(problem.space(), point, time, isTimed()));
    return new Measurement(posterior.mean()[0], posterior.standardDeviation(0));
  }

  /**
   * Returns how well the other trials predict every single one.
   *
   * @throws UnknownNameException where the problem has no such metric
   */
  public LeaveOneOut leaveOneOut(String metric) {
    return process(metric).leaveOneOut();
  }

  /**
   * Returns the probability that a point meets every constraint; the point and the baseline are
   * judged together, so that what is uncertain of both alike does not count.
   *
   * @param time when, where time plays a part
   */
  public double probabilityOfFeasibility(double[] point, double time) {
    double probability = 1;
    double[] baseline = coordinates(problem.space(), problem.baseline(), time, isTimed());
    double[] candidate = coordinates(problem.space(), point, time, isTimed());
    boolean same = Arrays.equals(baseline, candidate);
    for (Constraint constraint : problem.constraints()) {
      GaussianProcess.Posterior joint = process(constraint.metric()).predict(candidate, baseline);
      double[][] covariance = joint.covariance();
      double factor = constraint.isRelative() ? constraint.value() : 0;
      double variance =
          covariance[0][0] - 2 * factor * covariance[0][1] + factor * factor * covariance[1][1];
      double slack = constraint.slack(joint.mean()[0], joint.mean()[1]);
      boolean exact = same && constraint.isRelative() && factor == 1;
      probability *= exact ? 1 : Normal.cdf(slack / Math.sqrt(Math.max(variance, 1e-300)));
    }
    return probability;
  }

  /**
   * Returns the trial whose first objective is the best by the model, which is less easily fooled
   * than the best measured one, among those that meet the constraints with a probability.
   *
   * @param trials pending ones are left out
   * @param leastFeasibility the least probability that every constraint is met
   * @param time when, where time plays a part
   */
  public Optional<Trial> best(List<Trial> trials, double leastFeasibility, double time) {
    Objective objective = problem.objectives().get(0);
    Trial best = null;
    double bestValue = Double.NEGATIVE_INFINITY;
    for (Trial trial : trials) {
      if (trial.isPending()
          || probabilityOfFeasibility(trial.sharedPoint(), time) < leastFeasibility) {
        continue;
      }
      double value =
          objective.sign() * predict(objective.metric(), trial.sharedPoint(), time).mean();
      if (value > bestValue) {
        bestValue = value;
        best = trial;
      }
    }
    return Optional.ofNullable(best);
  }
}
