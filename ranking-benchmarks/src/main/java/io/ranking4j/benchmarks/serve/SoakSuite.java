package io.ranking4j.benchmarks.serve;

import io.ranking4j.benchmarks.Report;
import io.ranking4j.benchmarks.Suite;
import io.ranking4j.benchmarks.network.KuaiRandNetwork;
import io.ranking4j.benchmarks.process.Resident;
import io.ranking4j.error.DataException;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.LiveRanker;
import io.ranking4j.runtime.RankRequest;
import io.ranking4j.runtime.Ranker;
import io.ranking4j.runtime.RankingModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A live ranker under load: threads send requests while its model is replaced ten times a second,
 * every tenth time by one that cannot be used. Each answer must be one of the two models', bit for
 * bit; the memory of the process is read all along.
 */
public final class SoakSuite implements Suite {
  private static final int THREADS = 8;
  private static final long REQUESTS = 1_000_000;
  private static final int CANDIDATES = 10;
  private static final int DIFFERENT = 64;
  private static final int BETWEEN_SWAPS_MILLIS = 100;
  private static final int FAILING = 10;
  private static final long SEED = 20_260_507;
  private static final double MEGABYTE = 1e6;
  private static final LinearFusion FUSION =
      LinearFusion.of(Map.of("click", 1.0, "long_view", 2.0, "profile_enter", 5.0, "like", 10.0));

  private final AtomicLong next = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String description() {
    return "a million requests on eight threads while models are replaced, some of them broken";
  }

  @Override
  public void run(Report report) throws Exception {
    List<RankingModel> models =
        Stream.of("resflow", "nse")
            .map(name -> KuaiRandNetwork.model(Architectures.of(name, 32, 16)))
            .toList();
    List<RankRequest> requests =
        LongStream.range(0, DIFFERENT)
            .mapToObj(i -> Request.of(models.get(0), SEED + 2 * i, CANDIDATES))
            .map(request -> new RankRequest(request.features(), request.items()))
            .toList();
    List<List<Ranking>> expected = models.stream().map(model -> answers(model, requests)).toList();
    RankingModel broken = broken(models.get(1));
    List<RankRequest> warmUp = requests.subList(0, 2);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Long> resident = new ArrayList<>();
    int swaps = 0;
    int refused = 0;
    long began = System.nanoTime();
    try (LiveRanker ranker = LiveRanker.of(models.get(0), FUSION)) {
      List<Future<?>> hosts = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        hosts.add(threads.submit(() -> host(ranker, requests, expected)));
      }
      while (!ended(hosts.get(0))) {
        swaps++;
        if (swaps % FAILING == 0) {
          refused += refuses(ranker, broken, warmUp) ? 1 : 0;
        } else {
          ranker.replaceModel(models.get(swaps % 2), warmUp);
        }
        resident.add(Resident.now());
      }
      for (Future<?> host : hosts) {
        host.get();
      }
    } finally {
      threads.shutdownNow();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double before = mean(resident, 1);
    double after = mean(resident, 3);
    report.alone("live-ranker", "requests", (double) REQUESTS);
    report.alone("live-ranker", "requests a second", REQUESTS / seconds);
    report.alone("live-ranker", "replacements", swaps - swaps / FAILING);
    report.alone("live-ranker", "broken models refused", refused);
    report.alone("live-ranker", "broken models taken", swaps / FAILING - refused);
    report.alone("live-ranker", "answers of neither model", (double) wrong.get());
    report.alone("live-ranker", "resident MB, second quarter", before / MEGABYTE);
    report.alone("live-ranker", "resident MB, last quarter", after / MEGABYTE);
    report.alone("live-ranker", "last quarter / second", after / before);
    if (wrong.get() > 0 || refused < swaps / FAILING) {
      throw new IllegalStateException(
          wrong.get()
              + " answers were of neither model, and "
              + (swaps / FAILING - refused)
              + " broken models were taken");
    }
  }

  private void host(LiveRanker ranker, List<RankRequest> requests, List<List<Ranking>> expected) {
    for (long number = next.getAndIncrement(); number < REQUESTS; number = next.getAndIncrement()) {
      int index = (int) (number % DIFFERENT);
      RankRequest request = requests.get(index);
      Ranking answer = ranker.rank(request.context(), request.candidates());
      if (expected.stream().noneMatch(model -> same(model.get(index), answer))) {
        wrong.incrementAndGet();
      }
    }
  }

  private static boolean same(Ranking expected, Ranking actual) {
    return expected.predictions().tasks().stream()
            .allMatch(
                task ->
                    Arrays.equals(
                        expected.predictions().task(task), actual.predictions().task(task)))
        && expected.ids().equals(actual.ids());
  }

  private static List<Ranking> answers(RankingModel model, List<RankRequest> requests) {
    try (Ranker ranker = Ranker.of(model, FUSION)) {
      return requests.stream()
          .map(request -> ranker.rank(request.context(), request.candidates()))
          .toList();
    }
  }

  /** A model whose network says nothing that is a number. */
  private static RankingModel broken(RankingModel model) {
    float[] parameters = model.parameters();
    Arrays.fill(parameters, Float.NaN);
    return new RankingModel(
        model.encoder(),
        model.tables(),
        model.plan(),
        parameters,
        model.states(),
        model.outputs(),
        model.provenance());
  }

  private static boolean refuses(LiveRanker ranker, RankingModel broken, List<RankRequest> warmUp) {
    try {
      ranker.replaceModel(broken, warmUp);
      return false;
    } catch (DataException e) {
      return true;
    }
  }

  /** Waits until the next replacement is due, or a host has ended. */
  private static boolean ended(Future<?> host) throws Exception {
    try {
      host.get(BETWEEN_SWAPS_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** The mean over a quarter of the time, 0 the first. */
  private static double mean(List<Long> values, int quarter) {
    int length = values.size() / 4;
    return values.subList(quarter * length, (quarter + 1) * length).stream()
        .mapToLong(Long::longValue)
        .average()
        .orElse(Double.NaN);
  }
}
