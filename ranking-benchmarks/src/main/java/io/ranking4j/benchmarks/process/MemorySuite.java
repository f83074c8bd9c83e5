package io.ranking4j.benchmarks.process;

import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.runtime.RankingModel;
import java.util.Arrays;

/** What a process holds that serves a model with a large table. */
public final class MemorySuite implements Suite {
  private static final int VIDEOS = 1_000_000;
  private static final String CANDIDATES = "400";
  private static final String RANKINGS = "200";
  private static final int RUNS = 5;
  private static final double MEGABYTE = 1e6;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String description() {
    return "resident memory of a process that serves a table of 1,000,000 x 16, beyond its tables";
  }

  @Override
  public void run(Report report) throws Exception {
    RankingModel model = KuaiRandNetwork.model(VIDEOS);
    long tables =
        model.tables().stream()
            .mapToLong(table -> (long) Float.BYTES * table.values().length)
            .sum();
    try (ModelFiles files = ModelFiles.of(model)) {
      Child ours = Child.ranking();
      Child theirs = Child.onnxRuntime();
      long[] own = new long[RUNS];
      long[] peer = new long[RUNS];
      for (int i = 0; i < RUNS; i++) {
        own[i] = ours.run(files.ranking(), CANDIDATES, RANKINGS).bytes();
        peer[i] = theirs.run(files.onnx(), CANDIDATES, RANKINGS).bytes();
      }
      report.less(
          "kuairand-1m-served/onnxruntime",
          "resident MB beyond the tables",
          (median(own) - tables) / MEGABYTE,
          (median(peer) - tables) / MEGABYTE);
      report.note(
          "tables %.0f MB, a virtual machine that loads nothing %.0f MB; ours includes the"
              + " vocabulary of all values",
          tables / MEGABYTE, Child.bare().run().bytes() / MEGABYTE);
    }
  }

  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
