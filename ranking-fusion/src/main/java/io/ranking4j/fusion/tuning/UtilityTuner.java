package io.ranking4j.fusion.tuning;

import io.ranking4j.error.DataException;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.fusion.search.BayesianOptions;
import io.ranking4j.fusion.search.BayesianSearch;
import io.ranking4j.fusion.search.Constraint;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.Search;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.search.Trial;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.spi.Fusion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds weights of a fusion on logged rows with few evaluations: the best of any metric while the
 * others keep what the hand-picked weights reach, or a share of it.
 *
 * <pre>{@code
 * TuningResult result =
 *     UtilityTuner.builder(SearchSpace.simplex(List.of("click", "long_view"), 21), LinearFusion::of)
 *         .baseline(Map.of("click", 1.0, "long_view", 20.0))
 *         .maximise("long_view PR-AUC", UtilityMetric.prAuc(longViews))
 *         .atLeastOfBaseline("click PR-AUC", UtilityMetric.prAuc(clicks), 0.99)
 *         .confidence(0.9, users)
 *         .build()
 *         .tune(predictions);
 * Fusion best = LinearFusion.of(result.weights());
 * }</pre>
 *
 * <p>Better weights offline are a candidate for an A/B test and no more: the write-up that this
 * search follows found none that beat the hand-picked ones online.
 *
 * <p>Immutable and safe to share.
 */
public final class UtilityTuner {
  /** How many weights are tried where no number is given. */
  public static final int DEFAULT_EVALUATIONS = 40;

  private final SearchProblem problem;
  private final Function<Map<String, Double>, Fusion> fusion;
  private final Map<String, UtilityMetric> metrics;
  private final @Nullable Confidence confidence;
  private final Search search;
  private final int evaluations;
  private final Consumer<Trial> listener;

  private UtilityTuner(Builder builder, double[] baseline) {
    this.problem =
        new SearchProblem(builder.space, builder.objectives, builder.constraints, baseline);
    this.fusion = builder.fusion;
    this.metrics = new LinkedHashMap<>(builder.metrics);
    this.confidence = builder.confidence;
    this.search =
        builder.search == null
            ? BayesianSearch.of(BayesianOptions.defaults(), builder.seed)
            : builder.search;
    this.evaluations = builder.evaluations;
    this.listener = builder.listener;
  }

  /**
   * Starts a tuner.
   *
   * @param space the weights that may be tried, by the names that the fusion takes
   * @param fusion makes a fusion of weights: {@code LinearFusion::of}
   */
  public static Builder builder(SearchSpace space, Function<Map<String, Double>, Fusion> fusion) {
    return new Builder(space, fusion);
  }

  /** Returns what is sought. */
  public SearchProblem problem() {
    return problem;
  }

  /**
   * Measures one set of weights: what every metric reaches, or with a {@link Builder#confidence}
   * what a constrained one surely does.
   *
   * @throws DataException where a metric is undefined on these rows
   */
  public Map<String, Measurement> evaluate(
      Map<String, Double> weights, CandidatePredictions predictions) {
    double[] utility = fuse(weights, predictions);
    double[] baseline =
        confidence == null ? utility : fuse(problem.space().toMap(problem.baseline()), predictions);
    Map<String, Measurement> outcomes = new LinkedHashMap<>();
    metrics.forEach(
        (name, metric) -> {
          MetricValue value = measure(name, metric, utility, baseline);
          if (!value.isDefined()) {
            throw new DataException(
                "metric '" + name + "' is undefined on these rows: " + value.undefinedBecause());
          }
          outcomes.put(name, Measurement.exact(value.value()));
        });
    return outcomes;
  }

  private double[] fuse(Map<String, Double> weights, CandidatePredictions predictions) {
    double[] utility = new double[predictions.size()];
    fusion.apply(weights).fuse(predictions, utility);
    return utility;
  }

  private MetricValue measure(
      String name, UtilityMetric metric, double[] utility, double[] baseline) {
    if (confidence != null) {
      for (Constraint constraint : problem.constraints()) {
        if (constraint.metric().equals(name)) {
          return confidence.limit(constraint, metric, utility, baseline);
        }
      }
    }
    return metric.of(utility);
  }

  /**
   * Tunes on logged rows.
   *
   * @param predictions the model's predictions and the host's signals for every row
   * @throws DataException where a metric is undefined on these rows
   * @throws IllegalArgumentException where the groups of the confidence are those of other rows
   * @throws UnsupportedOperationException where a confidence is asked of a metric that cannot be
   *     resampled
   * @throws io.ranking4j.error.UnknownNameException where the fusion needs a task or a signal that
   *     the rows have not
   */
  public TuningResult tune(CandidatePredictions predictions) {
    List<Trial> trials = new ArrayList<>();
    while (trials.size() < evaluations) {
      for (double[] point : search.propose(problem, List.copyOf(trials), 1).points()) {
        Map<String, Double> weights = problem.space().toMap(point);
        Trial trial = new Trial(point, evaluate(weights, predictions), trials.size(), 0);
        trials.add(trial);
        listener.accept(trial);
      }
    }
    return TuningResult.of(problem, search.name(), trials);
  }

  /** Collects what a tuner needs; not safe to share between threads. */
  public static final class Builder {
    private final SearchSpace space;
    private final Function<Map<String, Double>, Fusion> fusion;
    private final List<Objective> objectives = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final Map<String, UtilityMetric> metrics = new LinkedHashMap<>();
    private @Nullable Map<String, Double> baseline;
    private @Nullable Confidence confidence;
    private @Nullable Search search;
    private int evaluations = DEFAULT_EVALUATIONS;
    private long seed;
    private Consumer<Trial> listener = trial -> {};

    private Builder(SearchSpace space, Function<Map<String, Double>, Fusion> fusion) {
      this.space = space;
      this.fusion = fusion;
    }

    /** Sets the hand-picked weights, which are tried first and compared with; required. */
    public Builder baseline(Map<String, Double> weights) {
      this.baseline = new LinkedHashMap<>(weights);
      return this;
    }

    /** Adds a metric to be as large as can be; of several, the whole trade-off is sought. */
    public Builder maximise(String name, UtilityMetric metric) {
      objectives.add(Objective.maximise(name));
      return metric(name, metric);
    }

    /** Adds a metric that must be at least a factor times what the baseline reaches. */
    public Builder atLeastOfBaseline(String name, UtilityMetric metric, double factor) {
      return constraint(Constraint.atLeastOfBaseline(name, factor), metric);
    }

    /** Adds a metric that must be at least a bound. */
    public Builder atLeast(String name, UtilityMetric metric, double bound) {
      return constraint(Constraint.atLeast(name, bound), metric);
    }

    /** Adds a constraint with the metric that it names. */
    public Builder constraint(Constraint constraint, UtilityMetric metric) {
      constraints.add(constraint);
      return metric(constraint.metric(), metric);
    }

    private Builder metric(String name, UtilityMetric metric) {
      if (metrics.putIfAbsent(name, metric) != null) {
        throw new IllegalArgumentException("metric '" + name + "' is given twice");
      }
      return this;
    }

    /**
     * Asks every constraint with a confidence, by resampling whole groups 200 times: that of a
     * metric relative to the baseline by the lower (or upper) limit of its ratio, others by that of
     * the metric. Constrained metrics of trials are then these limits. Without it metrics are taken
     * for exact, and a constraint that just holds on these rows fails on every second new sample.
     * The limit is that of each constraint alone, and of chance alone: rows of another day may
     * differ by more.
     *
     * @param level how sure, in (0.5, 1)
     * @param groups what is drawn, users usually, of every row; the rows of a list must be in one
     *     group
     * @throws IllegalArgumentException where the level is out of its range
     */
    public Builder confidence(double level, Groups groups) {
      this.confidence = new Confidence(level, groups);
      return this;
    }

    /** Sets how many weights are tried, the baseline among them. */
    public Builder evaluations(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("evaluations must be at least 1, but were " + count);
      }
      this.evaluations = count;
      return this;
    }

    /** Sets the seed of the {@link BayesianSearch} that is used where no search is set. */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /** Sets another search: random or Sobol search as a yardstick, other options. */
    public Builder search(Search other) {
      this.search = other;
      return this;
    }

    /** Sets what is told of every evaluation, for a progress bar. */
    public Builder listener(Consumer<Trial> told) {
      this.listener = told;
      return this;
    }

    /**
     * Makes the tuner.
     *
     * @throws IllegalArgumentException where there is no objective, or the baseline is outside of
     *     the space
     * @throws IllegalStateException where no baseline was set
     */
    public UtilityTuner build() {
      if (baseline == null) {
        throw new IllegalStateException("a tuner needs a baseline, the hand-picked weights");
      }
      return new UtilityTuner(this, space.toPoint(baseline));
    }
  }
}
