package io.ranking4j.examples.reproduce;

import io.ranking4j.examples.report.TextTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How far runs have come, and how long the others will take: as long as those of the same kind did,
 * or where there were none, as long as the mean. Not safe to share between threads.
 */
final class RunProgress {
  private final int runs;
  private final int threads;
  private final long began = System.nanoTime();
  private final Map<String, Integer> missing = new HashMap<>();
  private final Map<String, Times> times = new HashMap<>();
  private int done;

  private record Times(int runs, double seconds) {
    Times plus(double more) {
      return new Times(runs + 1, seconds + more);
    }
  }

  RunProgress(int runs, int threads) {
    this.runs = runs;
    this.threads = threads;
  }

  /** Notes a run that is to be done. */
  void planned(String kind) {
    missing.merge(kind, 1, Integer::sum);
  }

  /** Notes a run that was done before. */
  void known(String kind, double seconds) {
    done++;
    times.put(kind, times.getOrDefault(kind, new Times(0, 0)).plus(seconds));
  }

  /** Notes a run that was planned, and is done now. */
  void finished(String kind, double seconds) {
    known(kind, seconds);
    missing.merge(kind, -1, Integer::sum);
  }

  private double secondsLeft() {
    Times all =
        times.values().stream()
            .reduce(
                new Times(0, 0),
                (a, b) -> new Times(a.runs() + b.runs(), a.seconds() + b.seconds()));
    double left = 0;
    for (Map.Entry<String, Integer> kind : missing.entrySet()) {
      Times alike = times.getOrDefault(kind.getKey(), all);
      left += kind.getValue() * alike.seconds() / Math.max(1, alike.runs());
    }
    return left / threads;
  }

  /** What a run reached, in a word. */
  static String quality(RunResult run) {
    if (run.failure().isPresent()) {
      return "no model";
    }
    double auc = run.test(Measures.MEAN_AUC);
    String seconds = " (" + Math.round(run.seconds()) + " s)";
    return Double.isNaN(auc) ? "done" + seconds : "mean auc " + TextTable.format(auc) + seconds;
  }

  @Override
  public String toString() {
    long elapsed = Duration.ofNanos(System.nanoTime() - began).toSeconds();
    return "["
        + done
        + "/"
        + runs
        + "] "
        + clock(elapsed)
        + " elapsed, about "
        + clock(Math.round(secondsLeft()))
        + " left";
  }

  private static String clock(long seconds) {
    return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
