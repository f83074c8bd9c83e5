package io.ranking4j.benchmarks.process;

import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Samples;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;

/** From the start of the virtual machine to the first ranking. */
public final class ColdStartSuite implements Suite {
  private static final String CANDIDATES = "400";
  private static final int RUNS = 15;

  @Override
  public String name() {
    return "cold-start";
  }

  @Override
  public String description() {
    return "start of the process to the first ranking of 400 candidates, against ONNX Runtime";
  }

  @Override
  public void run(Report report) throws Exception {
    Child ours = Child.ranking();
    Child theirs = Child.onnxRuntime();
    Samples own = new Samples();
    Samples peer = new Samples();
    try (ModelFiles files = ModelFiles.of(KuaiRandNetwork.model())) {
      // The first process of each fills the disk cache and unpacks natives.
      for (int i = -1; i < RUNS; i++) {
        double a = ours.run(files.ranking(), CANDIDATES, "1").millisToFirst();
        double b = theirs.run(files.onnx(), CANDIDATES, "1").millisToFirst();
        if (i >= 0) {
          own.add((long) (a * 1e6));
          peer.add((long) (b * 1e6));
        }
      }
    }
    report.less(
        "kuairand-400-first/onnxruntime",
        "process start to ranking ms",
        own.median() / 1e6,
        peer.median() / 1e6);
    report.note("of %d processes each; the peer is given ids, we look values up", RUNS);
  }
}
