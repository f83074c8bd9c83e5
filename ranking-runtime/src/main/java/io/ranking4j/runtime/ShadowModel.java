package io.ranking4j.runtime;

import io.ranking4j.ranking.Candidate;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Features;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.spi.Fusion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that scores a share of the requests after they were answered, so that it can be compared
 * with the one that serves before it takes its place. Whatever it does, the answers do not change.
 * Safe to share.
 */
public final class ShadowModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowModel.class);

  private final Ranker ranker;
  private final ShadowOptions options;
  private final RankingObserver observer;
  private final AtomicLong seen = new AtomicLong();
  private final Map<String, Differences> tasks = new LinkedHashMap<>();
  private volatile boolean closed;
  private long requests;
  private long candidates;
  private long dropped;
  private long failed;
  private long sameFirst;

  /** Sums over candidates. */
  private static final class Differences {
    private double served;
    private double shadow;
    private double absolute;
    private double largest;
  }

  ShadowModel(Ranker ranker, ShadowOptions options, RankingObserver observer) {
    this.ranker = ranker;
    this.options = options;
    this.observer = observer;
  }

  /** The model that is compared. */
  public RankingModel model() {
    return ranker.model();
  }

  /** A request was answered: some are compared. */
  void offer(Features context, List<Candidate> all, Ranking served, Fusion fusion) {
    if (closed) {
      return;
    }
    long number = seen.getAndIncrement();
    // Evenly spread: where the count of those to be taken rises.
    if ((long) ((number + 1) * options.share()) == (long) (number * options.share())
        || served.size() < all.size()) {
      return;
    }
    try {
      options.executor().execute(() -> compare(context, all, served, fusion));
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        dropped++;
      }
    }
  }

  private void compare(Features context, List<Candidate> all, Ranking served, Fusion fusion) {
    Ranking own;
    try {
      own = ranker.withFusion(fusion).rank(context, all);
    } catch (RuntimeException e) {
      LOG.debug("the shadow could not answer", e);
      synchronized (this) {
        failed++;
      }
      return;
    }
    add(served, own);
    observer.compared(ranker.model(), served, own);
  }

  private synchronized void add(Ranking served, Ranking own) {
    CandidatePredictions before = served.predictions();
    CandidatePredictions after = own.predictions();
    Set<String> known = after.tasks();
    for (String task : before.tasks()) {
      if (known.contains(task)) {
        Differences differences = tasks.computeIfAbsent(task, name -> new Differences());
        double[] a = before.task(task);
        double[] b = after.task(task);
        for (int i = 0; i < a.length; i++) {
          double difference = Math.abs(a[i] - b[i]);
          differences.served += a[i];
          differences.shadow += b[i];
          differences.absolute += difference;
          differences.largest = Math.max(differences.largest, difference);
        }
      }
    }
    requests++;
    candidates += served.size();
    if (served.size() == 0 || served.get(0).index() == own.get(0).index()) {
      sameFirst++;
    }
  }

  /** What was found so far. */
  public synchronized ShadowReport report() {
    Map<String, ShadowReport.TaskDifference> found = new LinkedHashMap<>();
    double count = candidates == 0 ? Double.NaN : candidates;
    tasks.forEach(
        (task, sums) ->
            found.put(
                task,
                new ShadowReport.TaskDifference(
                    sums.served / count,
                    sums.shadow / count,
                    sums.absolute / count,
                    candidates == 0 ? Double.NaN : sums.largest)));
    return new ShadowReport(
        requests,
        candidates,
        dropped,
        failed,
        requests == 0 ? Double.NaN : (double) sameFirst / requests,
        found);
  }

  /** Sees no further requests, and frees the model's memory; the report stays. */
  @Override
  public void close() {
    closed = true;
    ranker.close();
  }
}
