package io.ranking4j.benchmarks;

import io.ranking4j.benchmarks.micro.MicroSuite;
import io.ranking4j.benchmarks.process.ColdStartSuite;
import io.ranking4j.benchmarks.process.MemorySuite;
import io.ranking4j.benchmarks.serve.ServeArchitecturesSuite;
import io.ranking4j.benchmarks.serve.ServeConcurrentSuite;
import io.ranking4j.benchmarks.serve.ServeSuite;
import io.ranking4j.benchmarks.serve.ServingScaling;
import io.ranking4j.benchmarks.train.LargeTableSuite;
import io.ranking4j.benchmarks.train.TableScaling;
import io.ranking4j.benchmarks.train.TrainSuite;
import java.util.List;

/** All suites there are. */
final class Suites {
  /** In the order they are listed; those of one name run in this order. */
  static final List<Suite> ALL =
      List.of(
          new ServeSuite(),
          new ServeConcurrentSuite(),
          new ServeArchitecturesSuite(),
          new ServingScaling(),
          new ColdStartSuite(),
          new MemorySuite(),
          new MicroSuite(),
          new TrainSuite(),
          new LargeTableSuite(),
          new TableScaling());

  private Suites() {}

  /** Their names, each once. */
  static List<String> names() {
    return ALL.stream().map(Suite::name).distinct().toList();
  }
}
