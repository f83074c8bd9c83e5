package io.ranking4j.benchmarks.micro;

import io.ranking4j.fusion.search.BayesianSearch;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.Search;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.search.SobolSearch;
import io.ranking4j.fusion.search.Trial;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The next four of six weights after a hundred noisy trials: the fit and the search together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1)
@org.openjdk.jmh.annotations.Measurement(iterations = 5)
public class ProposalBenchmark {
  private static final int INPUTS = 6;
  private static final int TRIALS = 100;

  private final SearchProblem problem;
  private final List<Trial> trials;

  /** Draws the trials: a bowl in noise, about a point that a random one starts from. */
  public ProposalBenchmark() {
    Random random = new Random(1);
    problem =
        SearchProblem.of(
            SearchSpace.box(List.of("a", "b", "c", "d", "e", "f"), 0, 1),
            Objective.maximise("f"),
            random.doubles(INPUTS).toArray());
    trials =
        new SobolSearch(1)
            .propose(problem, List.of(), TRIALS).points().stream()
                .map(x -> Trial.of(x, Map.of("f", measured(x, random))))
                .toList();
  }

  private static Measurement measured(double[] x, Random random) {
    double value = 1;
    for (int i = 0; i < x.length; i++) {
      value -= (x[i] - .1 * i - .2) * (x[i] - .1 * i - .2);
    }
    return new Measurement(value + .1 * random.nextGaussian(), .1);
  }

  /** Proposes four points. */
  @Benchmark
  public Search.Proposal proposeFourAfterHundred() {
    return BayesianSearch.of(1).propose(problem, trials, 4);
  }
}
