package io.ranking4j.runtime.publish;

import io.ranking4j.runtime.LiveRanker;
import io.ranking4j.runtime.RankRequest;
import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a {@link LiveRanker} follow a {@link ModelDirectory}: looks every few seconds which version
 * is current, loads one that is new, and puts it to use after a warm-up. It reads a small file, and
 * asks no notification of the file system, so that it works on network file systems as well.
 *
 * <p>A version that cannot be loaded, or fails its warm-up, leaves the one before it serving. That
 * is reported once, and tried again when another version is current or the file has changed; only a
 * file that could not be read is tried again each time, as it may be the network. One daemon
 * thread. Safe to share.
 *
 * <pre>{@code
 * ModelVersion first = models.current().orElseThrow();
 * LiveRanker ranker = LiveRanker.of(first.load(), fusion);
 * ModelWatcher watcher = ModelWatcher.start(models, first, ranker, () -> recentRequests);
 * }</pre>
 */
public final class ModelWatcher implements AutoCloseable {
  /** Time between two looks when nothing else is said. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ModelWatcher.class);

  private final ModelDirectory directory;
  private final LiveRanker ranker;
  private final Supplier<List<RankRequest>> warmUp;
  private final Listener listener;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** The number of the version that serves; guarded by this, as are those below. */
  private long serving;

  private @Nullable Seen refused;
  private @Nullable String lastFailure;

  /** A file as it was: another size or time, and it is worth another try. */
  private record Seen(long version, long bytes, long modifiedMillis) {}

  /** Is told what the watcher does, on its thread; must throw nothing. */
  public interface Listener {
    /** Writes to the log: a swap at INFO, a failure at WARN. */
    Listener LOGGING =
        new Listener() {
          @Override
          public void swapped(ModelVersion version) {
            LOG.info("{} serves", version);
          }

          @Override
          public void failed(Optional<ModelVersion> version, Exception cause) {
            LOG.warn(
                "{} is not used, the model before it goes on",
                version.map(ModelVersion::toString).orElse("what is current"),
                cause);
          }
        };

    /** A version answers the requests that begin from now on. */
    void swapped(ModelVersion version);

    /**
     * A version is not used; the one before it goes on.
     *
     * @param version the version; empty where it is not even known which is current
     * @param cause why
     */
    void failed(Optional<ModelVersion> version, Exception cause);
  }

  private ModelWatcher(
      ModelDirectory directory,
      ModelVersion serving,
      LiveRanker ranker,
      Supplier<List<RankRequest>> warmUp,
      Listener listener) {
    this.directory = directory;
    this.serving = serving.number();
    this.ranker = ranker;
    this.warmUp = warmUp;
    this.listener = listener;
  }

  /** Watches at the default interval, and logs; see the other method. */
  public static ModelWatcher start(
      ModelDirectory directory,
      ModelVersion serving,
      LiveRanker ranker,
      Supplier<List<RankRequest>> warmUp) {
    return start(directory, serving, ranker, warmUp, DEFAULT_INTERVAL, Listener.LOGGING);
  }

  /**
   * Starts to watch.
   *
   * @param directory where models are published
   * @param serving the version whose model the ranker has
   * @param ranker receives the models of later versions; it is not closed with this
   * @param warmUp gives the requests that a model must answer before it serves, asked for each
   * @param interval time between two looks, above 0
   * @param listener is told of swaps and failures
   */
  public static ModelWatcher start(
      ModelDirectory directory,
      ModelVersion serving,
      LiveRanker ranker,
      Supplier<List<RankRequest>> warmUp,
      Duration interval,
      Listener listener) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval must be above 0, but was " + interval);
    }
    ModelWatcher watcher = new ModelWatcher(directory, serving, ranker, warmUp, listener);
    Thread thread = new Thread(() -> watcher.watch(interval), "ranking4j-model-watcher");
    thread.setDaemon(true);
    thread.start();
    return watcher;
  }

  private void watch(Duration interval) {
    try {
      while (!closing.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
        check();
      }
    } catch (InterruptedException e) {
      LOG.debug("the watcher was interrupted and ends", e);
    }
  }

  /**
   * Looks now, on the calling thread, and puts a new version to use before it returns.
   *
   * @return whether another version serves than before
   */
  public synchronized boolean check() {
    if (closing.getCount() == 0) {
      return false;
    }
    Optional<ModelVersion> current = Optional.empty();
    Seen seen = null;
    try {
      current = directory.current();
      if (current.isEmpty() || current.get().number() == serving) {
        refused = null;
        lastFailure = null;
        return false;
      }
      ModelVersion next = current.get();
      BasicFileAttributes file = Files.readAttributes(next.file(), BasicFileAttributes.class);
      seen = new Seen(next.number(), file.size(), file.lastModifiedTime().toMillis());
      if (seen.equals(refused)) {
        return false;
      }
      RankingModel model = next.load();
      ranker.replaceModel(model, warmUp.get());
      serving = next.number();
      refused = null;
      lastFailure = null;
    } catch (IOException e) {
      // It may be the network: tried again, but told of once.
      failed(current, e);
      return false;
    } catch (RuntimeException e) {
      refused = seen;
      failed(current, e);
      return false;
    }
    listener.swapped(current.get());
    return true;
  }

  private void failed(Optional<ModelVersion> version, Exception cause) {
    String failure = version + " " + cause;
    if (!Objects.equals(failure, lastFailure)) {
      lastFailure = failure;
      listener.failed(version, cause);
    }
  }

  /**
   * Ends the watching; once this returns no further model is put to use. Further calls do nothing.
   */
  @Override
  public synchronized void close() {
    closing.countDown();
  }
}
