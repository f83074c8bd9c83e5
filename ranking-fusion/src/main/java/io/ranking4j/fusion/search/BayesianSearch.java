package io.ranking4j.fusion.search;

import io.ranking4j.fusion.gp.ProjectedGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Proposes what a model of the trials so far expects most of. It starts like {@link SobolSearch},
 * with the baseline and evenly spread points; then it fits a {@link Surrogate} and maximises the
 * acquisition function of its options over the space. The points of a batch are chosen one after
 * the other, each given the others and all pending trials.
 *
 * <p>The work grows with the cube of the number of trials: a batch of 4 in 6 dimensions after 100
 * trials takes about a second.
 *
 * @param options how it works
 * @param seed of all that is random in it
 * @param now when the proposed points will run, where time plays a part
 */
public record BayesianSearch(BayesianOptions options, long seed, double now) implements Search {
  /** The probability with which a confidence bound may miss. */
  private static final double BOUND_RISK = 0.1;

  /**
   * The bound of the theory explores too much in practice; Srinivas et al., 2010, divide it by 5.
   */
  private static final double BOUND_SHRINKAGE = 0.2;

  private static final double SAME_POINT = 1e-5;

  /** A search with the default options, where time plays no part. */
  public static BayesianSearch of(long seed) {
    return new BayesianSearch(BayesianOptions.defaults(), seed, 0);
  }

  /** A search where time plays no part. */
  public static BayesianSearch of(BayesianOptions options, long seed) {
    return new BayesianSearch(options, seed, 0);
  }

  /** The same search for points that run at another time. */
  public BayesianSearch at(double time) {
    return new BayesianSearch(options, seed, time);
  }

  @Override
  public String name() {
    return "bayesian";
  }

  @Override
  public Proposal propose(SearchProblem problem, List<Trial> trials, int count) {
    int missing = options.initialTrials(problem.space().size()) - trials.size();
    long observed = trials.stream().filter(trial -> !trial.isPending()).count();
    int even = observed < 2 ? count : Math.min(count, Math.max(0, missing));
    List<double[]> points = new ArrayList<>();
    if (even > 0) {
      points.addAll(SobolSearch.points(problem, trials, even, seed));
    }
    if (even >= count) {
      return new SobolSearch(seed).propose(problem, trials, count);
    }
    Surrogate surrogate = Surrogate.fit(problem, trials, options, seed);
    Batch batch = new Batch(problem, surrogate, trials, points, count);
    OptionalDouble expected = OptionalDouble.empty();
    while (points.size() < count) {
      ProjectedGradient.Minimum found = batch.next(points.size());
      if (points.size() == even) {
        expected = batch.expectedImprovement(found);
      }
      double[] unit = found.x();
      batch.add(unit);
      points.add(problem.space().ofUnit(unit));
    }
    return new Proposal(points, expected);
  }

  /** The work on one batch. */
  private final class Batch {
    private final SearchProblem problem;
    private final SearchSpace space;
    private final Surrogate surrogate;
    private final boolean bound;
    private final int trialCount;
    private final List<double[]> known = new ArrayList<>();
    private final List<double[]> pending = new ArrayList<>();
    private final int baselineIndex;
    private final int room;
    private final double[][] normals;
    private double[] promise = {};
    private boolean improves;

    Batch(
        SearchProblem problem,
        Surrogate surrogate,
        List<Trial> trials,
        List<double[]> started,
        int count) {
      this.problem = problem;
      this.space = problem.space();
      this.surrogate = surrogate;
      this.bound = options.acquisition() == BayesianOptions.Acquisition.UPPER_CONFIDENCE_BOUND;
      this.trialCount = trials.size();
      for (Trial trial : trials) {
        double[] unit = space.toUnit(trial.sharedPoint());
        addDistinct(known, unit);
        if (trial.isPending()) {
          addDistinct(pending, unit);
        }
      }
      this.baselineIndex = addDistinct(known, space.toUnit(problem.baseline()));
      for (double[] point : started) {
        add(space.toUnit(point));
      }
      this.room = known.size() + count;
      int metrics = problem.metrics().size();
      this.normals =
          bound
              ? new double[1][metrics * room]
              : Sobol.normals(options.draws(), metrics * room, seed + 31L * trialCount);
    }

    private int addDistinct(List<double[]> units, double[] unit) {
      for (int i = 0; i < units.size(); i++) {
        if (distance(units.get(i), unit) < 1e-9) {
          return i;
        }
      }
      units.add(unit);
      return units.size() - 1;
    }

    void add(double[] unit) {
      addDistinct(known, unit);
      addDistinct(pending, unit);
    }

    ProjectedGradient.Minimum next(int place) {
      SampledAcquisition acquisition = acquisition(place);
      long randomSeed = seed + 1_000_003L * trialCount + place;
      List<Scored> scored = new ArrayList<>();
      for (double[] unit : candidates(randomSeed)) {
        scored.add(new Scored(unit, acquisition.logAt(unit)));
      }
      scored.sort(Comparator.comparingDouble(Scored::value).reversed());
      ProjectedGradient.Minimum best = null;
      List<double[]> starts = new ArrayList<>();
      for (Scored start : scored) {
        if (starts.size() == options.starts()) {
          break;
        }
        if (starts.stream().anyMatch(other -> distance(other, start.unit()) < 0.02)) {
          continue;
        }
        starts.add(start.unit());
        ProjectedGradient.Minimum found =
            ProjectedGradient.minimise(
                acquisition, space::project, start.unit(), options.iterations(), 1e-7);
        if ((best == null || found.value() < best.value()) && isNew(found.x())) {
          best = found;
        }
      }
      // All starts ran into points that were tried: the best of those not yet tried, then.
      return best != null
          ? best
          : scored.stream()
              .filter(start -> isNew(start.unit()))
              .findFirst()
              .map(start -> new ProjectedGradient.Minimum(start.unit(), -start.value()))
              .orElseGet(
                  () ->
                      new ProjectedGradient.Minimum(scored.get(0).unit(), -scored.get(0).value()));
    }

    private boolean isNew(double[] unit) {
      return known.stream().noneMatch(other -> distance(other, unit) < SAME_POINT);
    }

    private SampledAcquisition acquisition(int place) {
      if (bound) {
        Draws draws = new Draws(problem, surrogate, pending, -1, now, normals, room);
        Objective objective = problem.objectives().get(0);
        double scale = Math.sqrt(surrogate.process(objective.metric()).kernel().outputScale());
        double t = trialCount + place + 1.0;
        double beta =
            2 * Math.log(options.rawCandidates() * t * t * Math.PI * Math.PI / (6 * BOUND_RISK));
        ConfidenceBound confidence =
            new ConfidenceBound(problem, draws, scale, Math.sqrt(BOUND_SHRINKAGE * beta));
        promise = known.stream().mapToDouble(confidence::logAt).toArray();
        return confidence;
      }
      Draws draws = new Draws(problem, surrogate, known, baselineIndex, now, normals, room);
      if (problem.objectives().size() > 1) {
        int objectives = problem.objectives().size();
        SplittableRandom random = new SplittableRandom(seed + 7919L * (trialCount + place));
        double[] weights = new double[objectives];
        Arrays.setAll(weights, k -> -Math.log1p(-random.nextDouble()) + 1e-3);
        double[][] own = Sobol.normals(options.draws(), objectives, seed + 17L * trialCount);
        return new ScalarisedImprovement(problem, draws, weights, own);
      }
      Improvement improvement = new Improvement(problem, draws);
      promise = improvement.wins();
      improves = improvement.hasFeasible();
      return improvement;
    }

    OptionalDouble expectedImprovement(ProjectedGradient.Minimum found) {
      return improves ? OptionalDouble.of(Math.exp(-found.value())) : OptionalDouble.empty();
    }

    /** Evenly spread points, and points about those that may be the best. */
    private List<double[]> candidates(long randomSeed) {
      List<double[]> candidates = new ArrayList<>();
      Sobol sobol = new Sobol(space.size(), randomSeed);
      int spread = options.rawCandidates() * 2 / 3;
      for (int i = 0; i < spread; i++) {
        candidates.add(space.spread(sobol.next()));
      }
      List<Integer> centres = new ArrayList<>();
      for (int i = 0; i < known.size(); i++) {
        centres.add(i);
      }
      centres.sort(Comparator.comparingDouble(i -> i < promise.length ? -promise[i] : 0));
      SplittableRandom random = new SplittableRandom(randomSeed);
      for (int i = spread; i < options.rawCandidates(); i++) {
        double[] unit = known.get(centres.get(i % Math.min(3, centres.size()))).clone();
        double width = Math.pow(10, -1 - 2 * random.nextDouble());
        for (int k = 0; k < unit.length; k++) {
          double u = Math.max(1e-12, random.nextDouble());
          unit[k] += width * Normal.quantile(Math.min(u, 1 - 1e-12));
        }
        candidates.add(space.project(unit));
      }
      return candidates;
    }
  }

  private record Scored(double[] unit, double value) {}

  private static double distance(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
