package io.ranking4j.benchmarks;

import io.ranking4j.benchmarks.serve.ServeSuite;
import java.util.List;

/** All suites there are. */
final class Suites {
  /** In the order they are listed; those of one name run in this order. */
  static final List<Suite> ALL = List.of(new ServeSuite());

  private Suites() {}

  /** Their names, each once. */
  static List<String> names() {
    return ALL.stream().map(Suite::name).distinct().toList();
  }
}
