package io.ranking4j.examples.tuning;

import io.ranking4j.evaluation.Interval;
import io.ranking4j.fusion.gp.LeaveOneOut;
import io.ranking4j.fusion.search.BayesianOptions;
import io.ranking4j.fusion.search.Constraint;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.search.Surrogate;
import io.ranking4j.fusion.search.Trial;
import io.ranking4j.fusion.tuning.TuningResult;
import io.ranking4j.report.Axis;
import io.ranking4j.report.Block;
import io.ranking4j.report.Cell;
import io.ranking4j.report.Point;
import io.ranking4j.report.Section;
import io.ranking4j.report.Series;
import io.ranking4j.report.Table;
import io.ranking4j.report.XyChart;
import io.ranking4j.report.section.FrontSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a search for weights tried and what its model believes, as sections of a report: the trials,
 * the trade-offs, slices of the posterior through the best weights, and how far to trust it all.
 */
public final class TuningReport {
  private static final int SLICE_POINTS = 41;
  private static final double NORMAL_95 = 1.959964;

  private TuningReport() {}

  /**
   * Makes the sections of a search on logged rows.
   *
   * @param seed of the model's fit
   */
  public static List<Section> sections(TuningResult result, long seed) {
    return sections(
        result,
        Surrogate.fit(result.problem(), result.trials(), BayesianOptions.defaults(), seed),
        0);
  }

  /**
   * Makes the sections of any search.
   *
   * @param surrogate what its model believes
   * @param now when, where time plays a part
   */
  public static List<Section> sections(TuningResult result, Surrogate surrogate, double now) {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("What was found", List.of(found(result, surrogate, now))));
    sections.add(Section.of("Trials", List.of(trials(result))));
    sections.addAll(fronts(result));
    sections.add(Section.of("Slices through the best weights", slices(result, surrogate, now)));
    sections.add(Section.of("Whether to trust the model", List.of(trust(result, surrogate))));
    return sections;
  }

  private static Table found(TuningResult result, Surrogate surrogate, double now) {
    List<List<Cell>> rows = new ArrayList<>();
    SearchSpace space = result.problem().space();
    double[] before = result.baseline().point();
    double[] after = result.best().point();
    for (int i = 0; i < before.length; i++) {
      rows.add(
          List.of(
              Cell.of("weight of " + space.names().get(i)),
              Cell.of(before[i]),
              Cell.of(after[i]),
              Cell.of("")));
    }
    for (String metric : result.problem().metrics()) {
      String asked =
          result.problem().constraints().stream()
              .filter(constraint -> constraint.metric().equals(metric))
              .map(Constraint::toString)
              .collect(Collectors.joining(", "));
      rows.add(
          List.of(
              Cell.of(metric),
              Cell.of(value(result.baseline(), metric, surrogate, now)),
              Cell.of(value(result.best(), metric, surrogate, now)),
              Cell.of(asked)));
    }
    return new Table(
        "Hand-picked and best weights, after %d trials of which %d are allowed"
            .formatted(result.trials().size(), result.feasibleTrials()),
        List.of("", "Hand-picked", "Best", "Asked"),
        rows);
  }

  private static XyChart trials(TuningResult result) {
    SearchProblem problem = result.problem();
    Objective objective = problem.objectives().get(0);
    List<Point> allowed = new ArrayList<>();
    List<Point> forbidden = new ArrayList<>();
    List<Point> best = new ArrayList<>();
    double bestSoFar = Double.NaN;
    for (int i = 0; i < result.trials().size(); i++) {
      Trial trial = result.trials().get(i);
      double value = mean(trial, objective.metric());
      Point point = measured(i + 1, trial, objective.metric()).withNote(weights(problem, trial));
      if (isAllowed(result, trial)) {
        allowed.add(point);
        boolean better = objective.isMaximised() ? value > bestSoFar : value < bestSoFar;
        bestSoFar = better || Double.isNaN(bestSoFar) ? value : bestSoFar;
      } else {
        forbidden.add(point);
      }
      if (!Double.isNaN(bestSoFar)) {
        best.add(Point.of(i + 1, bestSoFar));
      }
    }
    List<Series> series = new ArrayList<>();
    addIfAny(series, Series.steps("best allowed so far", best));
    addIfAny(series, Series.points("allowed", allowed));
    addIfAny(series, Series.points("not allowed", forbidden));
    return new XyChart(
        objective.metric() + " of every trial",
        "%d trials meet every constraint and %d do not; the best allowed one reaches %.6g."
            .formatted(allowed.size(), forbidden.size(), bestSoFar),
        Axis.of("Trial"),
        Axis.of(objective.metric()),
        series);
  }

  /** What is measured in noise is taken for what the model makes of it. */
  private static double value(Trial trial, String metric, Surrogate surrogate, double now) {
    Measurement measured = trial.outcomes().get(metric);
    return measured == null || measured.standardError() == 0
        ? mean(trial, metric)
        : surrogate.predict(metric, trial.point(), now).mean();
  }

  private static Point measured(double x, Trial trial, String metric) {
    double value = mean(trial, metric);
    Measurement measured = trial.outcomes().get(metric);
    if (measured == null || !(measured.standardError() > 0)) {
      return Point.of(x, value);
    }
    double half = NORMAL_95 * measured.standardError();
    return Point.of(x, value, new Interval(value - half, value + half));
  }

  private static void addIfAny(List<Series> series, Series one) {
    if (!one.points().isEmpty()) {
      series.add(one);
    }
  }

  /** The first metric against each other one: what it costs. */
  private static List<Section> fronts(TuningResult result) {
    SearchProblem problem = result.problem();
    List<String> metrics = List.copyOf(problem.metrics());
    List<Section> sections = new ArrayList<>();
    for (String other : metrics.subList(1, metrics.size())) {
      List<FrontSection.Candidate> candidates = new ArrayList<>();
      for (Trial trial : result.trials()) {
        candidates.add(
            new FrontSection.Candidate(
                weights(problem, trial) + (isAllowed(result, trial) ? "" : " (not allowed)"),
                mean(trial, metrics.get(0)),
                mean(trial, other),
                trial.equals(result.best()) || trial.equals(result.baseline())));
      }
      sections.add(
          new FrontSection(
              metrics.get(0) + " or " + other,
              "All trials; the hand-picked and the best allowed weights have a mark of their own.",
              metrics.get(0),
              other,
              candidates));
    }
    return sections;
  }

  private static List<Block> slices(TuningResult result, Surrogate surrogate, double now) {
    SearchProblem problem = result.problem();
    String metric = problem.objectives().get(0).metric();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < problem.space().size(); i++) {
      List<Point> values = new ArrayList<>();
      List<Point> feasibility = new ArrayList<>();
      for (double[] point : slice(problem.space(), result.best().point(), i)) {
        Measurement believed = surrogate.predict(metric, point, now);
        double half = NORMAL_95 * believed.standardError();
        Interval interval = new Interval(believed.mean() - half, believed.mean() + half);
        values.add(Point.of(point[i], believed.mean(), interval));
        feasibility.add(Point.of(point[i], surrogate.probabilityOfFeasibility(point, now)));
      }
      String name = problem.space().names().get(i);
      String others = problem.space().total().isPresent() ? "in proportion" : "as they are";
      blocks.add(
          new XyChart(
              metric + " by the weight of " + name,
              "What the model believes with its 95% interval, the other weights " + others + ".",
              Axis.of("Weight of " + name),
              Axis.of(metric),
              List.of(
                  Series.line("mean", values),
                  Series.points(
                      "best weights",
                      List.of(
                          Point.of(
                              result.best().point()[i],
                              value(result.best(), metric, surrogate, now)))))));
      if (!problem.constraints().isEmpty()) {
        blocks.add(
            new XyChart(
                "Feasibility by the weight of " + name,
                "The probability that every constraint is met.",
                Axis.of("Weight of " + name),
                Axis.of("Probability").between(0, 1),
                List.of(Series.line("all constraints", feasibility))));
      }
    }
    return blocks;
  }

  /** Points along one weight; where there is a total the others share the rest in proportion. */
  static List<double[]> slice(SearchSpace space, double[] best, int along) {
    double[] lower = space.lower();
    double[] upper = space.upper();
    List<double[]> points = new ArrayList<>();
    for (int step = 0; step < SLICE_POINTS; step++) {
      double[] point = best.clone();
      point[along] = lower[along] + (upper[along] - lower[along]) * step / (SLICE_POINTS - 1);
      if (space.total().isPresent()) {
        double rest = space.total().getAsDouble() - point[along];
        double before = space.total().getAsDouble() - best[along];
        for (int i = 0; i < point.length; i++) {
          if (i != along) {
            point[i] = before == 0 ? rest / (point.length - 1) : best[i] * rest / before;
          }
        }
      }
      boolean inside = true;
      for (int i = 0; i < point.length; i++) {
        double slack = 1e-9 * (upper[i] - lower[i]);
        inside &= point[i] >= lower[i] - slack && point[i] <= upper[i] + slack;
      }
      if (inside) {
        points.add(point);
      }
    }
    return points;
  }

  private static Table trust(TuningResult result, Surrogate surrogate) {
    List<List<Cell>> rows = new ArrayList<>();
    for (String metric : result.problem().metrics()) {
      LeaveOneOut left = surrogate.leaveOneOut(metric);
      rows.add(List.of(Cell.of(metric), Cell.of(left.rSquared()), Cell.of(left.coverage())));
    }
    return new Table(
        "Trials predicted from the others",
        List.of("Metric", "Share of variance explained", "Within the 95% interval"),
        rows);
  }

  /** By what was measured, against the weights in use of the same batch where these ran again. */
  private static boolean isAllowed(TuningResult result, Trial trial) {
    double[] inUse = result.problem().baseline();
    Trial beside =
        result.trials().stream()
            .filter(other -> other.batch() == trial.batch() && Arrays.equals(other.point(), inUse))
            .findFirst()
            .orElse(result.baseline());
    return result.problem().violated(trial, beside).isEmpty();
  }

  private static String weights(SearchProblem problem, Trial trial) {
    return problem.space().toMap(trial.point()).entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %.4g", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static double mean(Trial trial, String metric) {
    Measurement measured = trial.outcomes().get(metric);
    return measured == null ? Double.NaN : measured.mean();
  }
}
