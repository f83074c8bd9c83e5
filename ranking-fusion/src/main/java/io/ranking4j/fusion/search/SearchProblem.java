package io.ranking4j.fusion.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is sought: where, for which objectives, under which constraints, and from which hand-picked
 * point. Immutable and safe to share.
 *
 * @param space the points that may be tried
 * @param objectives at least one; of several, the whole trade-off is sought
 * @param constraints may be empty
 * @param baseline the point to start from and to compare with; copied
 */
public record SearchProblem(
    SearchSpace space,
    List<Objective> objectives,
    List<Constraint> constraints,
    double[] baseline) {
  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException where there is no objective, or the baseline is outside of the
   *     space
   */
  public SearchProblem {
    objectives = List.copyOf(objectives);
    constraints = List.copyOf(constraints);
    baseline = baseline.clone();
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException("a search needs at least one objective, but had none");
    }
    space.check(baseline);
  }

  /** A search for one metric without constraints. */
  public static SearchProblem of(SearchSpace space, Objective objective, double[] baseline) {
    return new SearchProblem(space, List.of(objective), List.of(), baseline);
  }

  /** With one more constraint. */
  public SearchProblem withConstraint(Constraint constraint) {
    List<Constraint> more = new ArrayList<>(constraints);
    more.add(constraint);
    return new SearchProblem(space, objectives, more, baseline);
  }

  /** Returns a copy of the baseline. */
  @Override
  public double[] baseline() {
    return baseline.clone();
  }

  /** Returns the metrics that every trial must bring, objectives first. */
  public Set<String> metrics() {
    Set<String> metrics = new LinkedHashSet<>();
    objectives.forEach(objective -> metrics.add(objective.metric()));
    constraints.forEach(constraint -> metrics.add(constraint.metric()));
    return metrics;
  }

  /**
   * Returns which constraints a trial's measured means violate; none where it is allowed.
   *
   * @param baselineTrial the trial of the baseline, for constraints relative to it
   */
  public List<Constraint> violated(Trial trial, Trial baselineTrial) {
    return constraints.stream()
        .filter(
            constraint -> {
              double reference =
                  constraint.isRelative() ? measured(baselineTrial, constraint.metric()).mean() : 0;
              return constraint.slack(measured(trial, constraint.metric()).mean(), reference) < 0;
            })
        .toList();
  }

  /** Returns the allowed trials that no other allowed one beats in all objectives, in order. */
  public List<Trial> paretoFront(List<Trial> trials, Trial baselineTrial) {
    List<Trial> allowed =
        trials.stream()
            .filter(trial -> !trial.isPending() && violated(trial, baselineTrial).isEmpty())
            .toList();
    return allowed.stream()
        .filter(trial -> allowed.stream().noneMatch(other -> dominates(other, trial)))
        .toList();
  }

  private boolean dominates(Trial a, Trial b) {
    boolean better = false;
    for (Objective objective : objectives) {
      double gain =
          objective.sign()
              * (measured(a, objective.metric()).mean() - measured(b, objective.metric()).mean());
      if (gain < 0) {
        return false;
      }
      better |= gain > 0;
    }
    return better;
  }

  static Measurement measured(Trial trial, String metric) {
    Measurement measurement = trial.outcomes().get(metric);
    if (measurement == null) {
      throw new IllegalArgumentException(
          "a trial must bring the metric '"
              + metric
              + "', but has "
              + new java.util.TreeSet<>(trial.outcomes().keySet()));
    }
    return measurement;
  }
}
