package io.ranking4j.fusion.tuning;

import io.ranking4j.fusion.search.Constraint;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.Trial;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What tuning found. Immutable.
 *
 * @param problem what was sought
 * @param search the name of the search
 * @param trials everything that was tried, in order, the hand-picked weights first
 * @param best the allowed trial whose first objective is the best
 * @param front the allowed trials that no other allowed one beats in all objectives
 */
public record TuningResult(
    SearchProblem problem, String search, List<Trial> trials, Trial best, List<Trial> front) {
  /** Copies the lists. */
  public TuningResult {
    trials = List.copyOf(trials);
    front = List.copyOf(front);
  }

  static TuningResult of(SearchProblem problem, String search, List<Trial> trials) {
    Trial baseline = trials.get(0);
    Objective objective = problem.objectives().get(0);
    // The baseline stands where nothing is allowed: nothing is better than what is known.
    Trial best = baseline;
    boolean allowed = problem.violated(baseline, baseline).isEmpty();
    for (Trial trial : trials) {
      if (problem.violated(trial, baseline).isEmpty()) {
        double gain =
            value(trial, objective.metric()).mean() - value(best, objective.metric()).mean();
        if (!allowed || (objective.isMaximised() ? gain > 0 : gain < 0)) {
          best = trial;
          allowed = true;
        }
      }
    }
    return new TuningResult(problem, search, trials, best, problem.paretoFront(trials, baseline));
  }

  private static Measurement value(Trial trial, String metric) {
    return Objects.requireNonNull(trial.outcomes().get(metric), metric);
  }

  /** Returns the best weights by name. */
  public Map<String, Double> weights() {
    return problem.space().toMap(best.point());
  }

  /** Returns the trial of the hand-picked weights. */
  public Trial baseline() {
    return trials.get(0);
  }

  /** Returns whether the best weights meet every constraint. */
  public boolean isFeasible() {
    return problem.violated(best, baseline()).isEmpty();
  }

  /** Returns how many trials met every constraint. */
  public int feasibleTrials() {
    return (int)
        trials.stream().filter(trial -> problem.violated(trial, baseline()).isEmpty()).count();
  }

  /** A short table: every metric of the baseline and of the best weights, and the constraints. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s search, %d trials, %d allowed%n".formatted(search, trials.size(), feasibleTrials()));
    text.append("weights: baseline ")
        .append(problem.space().toMap(baseline().point()))
        .append(", best ")
        .append(weights())
        .append(System.lineSeparator());
    for (String metric : problem.metrics()) {
      double before = value(baseline(), metric).mean();
      double after = value(best, metric).mean();
      String bound =
          problem.constraints().stream()
              .filter(constraint -> constraint.metric().equals(metric))
              .map(Constraint::toString)
              .reduce("", (a, b) -> a.isEmpty() ? ", " + b : a + ", " + b);
      text.append(
          String.format(
              Locale.ROOT,
              "%s: baseline %.6f, best %.6f (%+.3f%%)%s%n",
              metric,
              before,
              after,
              100 * (after / before - 1),
              bound));
    }
    return text.toString();
  }
}
