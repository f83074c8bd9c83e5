package io.ranking4j.spark;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkFiles;

/**
 * The scorers of an executor: one for each model, shared by all its tasks. A model that no task
 * uses any more stays until another one is loaded, so that the stages of a job load it once.
 */
final class ExecutorModels {
  private static final Map<String, Held> HELD = new HashMap<>();

  private ExecutorModels() {}

  private static final class Held {
    private final Scorer scorer;
    private int tasks;

    Held(Scorer scorer) {
      this.scorer = scorer;
    }
  }

  /**
   * The scorer of a model that was distributed under that name, until {@link #release}.
   *
   * @throws UncheckedIOException where it cannot be read
   */
  static synchronized Scorer acquire(String name) {
    Held held = HELD.get(name);
    if (held == null) {
      HELD.values().stream().filter(other -> other.tasks == 0).forEach(o -> o.scorer.close());
      HELD.values().removeIf(other -> other.tasks == 0);
      held = new Held(load(name));
      HELD.put(name, held);
    }
    held.tasks++;
    return held.scorer;
  }

  private static Scorer load(String name) {
    try {
      return Scorer.of(RankingModel.load(Path.of(SparkFiles.get(name))));
    } catch (IOException e) {
      throw new UncheckedIOException("the model " + name + " cannot be read", e);
    }
  }

  /** Ends what {@link #acquire} began. */
  static synchronized void release(String name) {
    Held held = HELD.get(name);
    if (held == null || held.tasks == 0) {
      throw new IllegalStateException("model " + name + " is released more often than acquired");
    }
    held.tasks--;
  }
}
