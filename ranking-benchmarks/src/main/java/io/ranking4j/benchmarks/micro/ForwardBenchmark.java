package io.ranking4j.benchmarks.micro;

import io.ranking4j.benchmarks.network.DenseNetwork;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.kernel.Activation;
import io.ranking4j.runtime.kernel.Matrix;
import io.ranking4j.runtime.plan.FrozenPlan;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One run of the dense network, without what comes before and after. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForwardBenchmark {
  /** How many rows a run has. */
  @Param({"1", "400"})
  public int rows;

  private @Nullable FrozenPlan plan;
  private FrozenPlan.@Nullable Execution execution;

  /** Draws nothing yet: the number of rows is set later. */
  public ForwardBenchmark() {}

  /** Freezes the network. */
  @Setup
  public void start() {
    RankingModel model = DenseNetwork.model(Activation.RELU);
    FrozenPlan frozen =
        new FrozenPlan(
            model.plan(), model.parameters(), model.states(), KernelChoice.FASTEST.create(1));
    plan = frozen;
    execution = frozen.execution(rows);
    execution.input().write(DenseNetwork.input(rows));
  }

  /** Runs it once. */
  @Benchmark
  public @Nullable Matrix run() {
    FrozenPlan.Execution ready = execution;
    if (ready == null) {
      return null;
    }
    ready.run();
    return ready.outputs();
  }

  /** Frees its memory. */
  @TearDown
  public void stop() {
    if (execution != null) {
      execution.close();
    }
    if (plan != null) {
      plan.close();
    }
  }
}
