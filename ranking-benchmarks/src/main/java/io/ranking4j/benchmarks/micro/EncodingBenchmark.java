package io.ranking4j.benchmarks.micro;

import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.Features;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureEncoder;
import java.util.List;
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

/** Eleven categories of each of 400 candidates, from text to rows of embedding tables. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodingBenchmark {
  private static final int CANDIDATES = 400;

  private final FeatureEncoder encoder = KuaiRandNetwork.model().encoder();
  private final Features context = KuaiRandNetwork.context(1);
  private final List<Candidate> candidates = KuaiRandNetwork.candidates(2, CANDIDATES);
  private final EncodedRows rows = encoder.newCandidateRows();

  /** Makes the encoder and the request. */
  public EncodingBenchmark() {}

  /** Encodes all candidates into a buffer. */
  @Benchmark
  public EncodedRows encode() {
    return encoder.encodeCandidates(context, candidates, rows);
  }
}
