package io.ranking4j.benchmarks.micro;

import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.ranking.CandidatePredictions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The utility of 1000 candidates from the probabilities of seven tasks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FusionBenchmark {
  private static final int CANDIDATES = 1000;
  private static final int TASKS = 7;

  private final CandidatePredictions predictions;
  private final LinearFusion fusion;
  private final double[] utility = new double[CANDIDATES];

  /** Draws the probabilities. */
  public FusionBenchmark() {
    Random random = new Random(1);
    Map<String, double[]> columns = new LinkedHashMap<>();
    Map<String, Double> weights = new LinkedHashMap<>();
    for (int t = 0; t < TASKS; t++) {
      columns.put("task" + t, random.doubles(CANDIDATES).toArray());
      weights.put("task" + t, 1.0 + t);
    }
    this.predictions = new CandidatePredictions(CANDIDATES, columns, Map.of());
    this.fusion = LinearFusion.of(weights);
  }

  /** Fuses all candidates. */
  @Benchmark
  public double[] fuse() {
    fusion.fuse(predictions, utility);
    return utility;
  }
}
