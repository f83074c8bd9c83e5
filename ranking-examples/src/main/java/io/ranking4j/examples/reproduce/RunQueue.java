package io.ranking4j.examples.reproduce;

import io.ranking4j.nn.training.EpochReport;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainingDivergedException;
import io.ranking4j.nn.training.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does the runs of tables, several side by side, and writes each table when its last run is there.
 * Each run is a training on one thread, so that what it gives does not depend on how many there are
 * at once. Runs that the folder has already are not done again. Not safe to share between threads.
 */
final class RunQueue {
  /** Where tables are, within the folder. */
  static final String TABLES = "tables";

  private static final String RUNS = "runs";

  private final List<ResultTable> tables;
  private final int seeds;
  private final Path folder;
  private final RunStore store;
  private final PrintWriter out;
  private final String command;

  /** What is to be run, in this order: by table, and within it by seed. */
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  private final Map<String, RunResult> finished = new LinkedHashMap<>();
  private RunProgress progress = new RunProgress(0, 1);

  private record Job(String key, ResultTable table, Experiment experiment, long seed) {}

  /**
   * Plans the runs.
   *
   * @param tables which, in this order
   * @param seeds how many for each experiment: 1, 2, and so on
   * @param folder where runs and tables are kept
   * @param out where progress is shown
   * @param command what is to be run to get all of it
   */
  RunQueue(List<ResultTable> tables, int seeds, Path folder, PrintWriter out, String command) {
    this.tables = List.copyOf(tables);
    this.seeds = seeds;
    this.folder = folder;
    this.store = new RunStore(folder.resolve(RUNS));
    this.out = out;
    this.command = command;
    for (ResultTable table : tables) {
      for (long seed = 1; seed <= seeds; seed++) {
        for (Experiment experiment : table.experiments()) {
          String key = experiment.key(seed);
          jobs.putIfAbsent(key, new Job(key, table, experiment, seed));
        }
      }
    }
  }

  /**
   * Does what is not done yet.
   *
   * @param threads how many runs at once
   */
  void run(int threads) throws IOException {
    for (Job job : jobs.values()) {
      Optional<RunResult> known = store.find(job.key());
      if (known.isPresent()) {
        finished.put(job.key(), known.get());
      }
    }
    progress = new RunProgress(jobs.size(), threads);
    finished.forEach((key, run) -> progress.known(kind(key), run.seconds()));
    out.printf(
        "%d runs, %d of them done before, %d at once%n", jobs.size(), finished.size(), threads);
    out.flush();
    for (ResultTable table : tables) {
      writeIfComplete(table);
    }
    List<Job> missing =
        jobs.values().stream().filter(job -> !finished.containsKey(job.key())).toList();
    missing.forEach(job -> progress.planned(kind(job.key())));
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> started = new ArrayList<>();
      for (Job job : missing) {
        started.add(workers.submit(() -> done(job, train(job.experiment(), job.seed()))));
      }
      for (Future<?> future : started) {
        await(future);
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static void await(Future<?> future) throws IOException {
    try {
      future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a run ended with " + cause, cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted; what is finished is kept");
    }
  }

  /** Trains and measures. */
  static RunResult train(Experiment experiment, long seed) {
    long began = System.nanoTime();
    StudyData data = experiment.data();
    Trainer trainer =
        Trainer.of(experiment.network())
            .options(experiment.options().seed(seed))
            .loss(experiment.loss());
    TrainingRun run;
    try {
      run = trainer.run(experiment.prepared(data.train()), experiment.prepared(data.validation()));
    } catch (TrainingDivergedException e) {
      return new RunResult(
          seed, 0, 0, seconds(began), Map.of(), Map.of(), Optional.of(String.valueOf(e)));
    }
    Map<String, Double> validation =
        Measures.of(run.model(), data, experiment.measured(), data.validation());
    Map<String, Double> test = Measures.of(run.model(), data, experiment.measured(), data.test());
    int epochs = run.history().stream().mapToInt(EpochReport::epoch).max().orElse(0);
    return new RunResult(
        seed, run.bestEpoch(), epochs, seconds(began), validation, test, Optional.empty());
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private synchronized void done(Job job, RunResult run) {
    try {
      store.put(job.key(), job.experiment(), run);
      finished.put(job.key(), run);
      progress.finished(kind(job.key()), run.seconds());
      out.println(
          progress
              + "  table "
              + job.table().id()
              + ", "
              + job.experiment().name()
              + ", seed "
              + job.seed()
              + ": "
              + RunProgress.quality(run));
      for (ResultTable table : tables) {
        if (table.experiments().stream().anyMatch(e -> e.key(job.seed()).equals(job.key()))) {
          writeIfComplete(table);
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs that take about the same time: a data set and an architecture. */
  private static String kind(String key) {
    return key.replaceFirst("-\\d+-[0-9a-f]+$", "");
  }

  /** The table of an experiment is written when all of its runs are there. */
  private void writeIfComplete(ResultTable table) throws IOException {
    Map<String, List<RunResult>> runs = new LinkedHashMap<>();
    for (Experiment experiment : table.experiments()) {
      List<RunResult> ofOne = new ArrayList<>();
      for (long seed = 1; seed <= seeds; seed++) {
        RunResult run = finished.get(experiment.key(seed));
        if (run == null) {
          return;
        }
        ofOne.add(run);
      }
      runs.put(experiment.name(), ofOne);
    }
    String own = command + " --only " + table.id();
    new TableWriter(folder.resolve(TABLES)).write(table, runs, own);
    out.printf("%n%s%n", TableWriter.markdown(table, runs, own));
  }
}
