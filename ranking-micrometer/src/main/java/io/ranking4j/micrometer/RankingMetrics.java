package io.ranking4j.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.RankingObserver;
import io.ranking4j.runtime.drift.DriftMonitor;
import io.ranking4j.runtime.drift.FeatureDrift;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.schema.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters of a {@link io.ranking4j.runtime.LiveRanker}, which it is given to as its observer.
 *
 * <pre>{@code
 * DriftMonitor drift = DriftMonitor.of(DriftOptions.defaults());
 * RankingMetrics metrics = RankingMetrics.of(registry, Tags.of("surface", "home")).drift(drift);
 * LiveRanker ranker = LiveRanker.of(model, fusion, metrics);
 * }</pre>
 *
 * <table>
 * <caption>The meters; each has the tags of the metrics too</caption>
 * <tr><th>Name<th>Kind<th>Tags<th>What
 * <tr><td>{@code ranking4j.request.latency}<td>timer<td>{@code stage}: encode, score, fuse, total
 *     <td>how long an answered request took; fuse has sorting and reranking with it
 * <tr><td>{@code ranking4j.request.candidates}<td>summary<td><td>the candidates of a request
 * <tr><td>{@code ranking4j.request.deadline.misses}<td>counter<td><td>requests of which some
 *     candidates were not scored in time
 * <tr><td>{@code ranking4j.request.unscored}<td>counter<td><td>the candidates that were not
 * <tr><td>{@code ranking4j.request.failures}<td>counter<td>{@code exception}: its simple name
 *     <td>requests that ended in an exception
 * <tr><td>{@code ranking4j.model.info}<td>gauge, 1<td>{@code version}<td>the model that answers
 * <tr><td>{@code ranking4j.model.swaps}<td>counter<td><td>models that took the place of another
 * <tr><td>{@code ranking4j.model.rejections}<td>counter<td>{@code exception}<td>models that did not
 * <tr><td>{@code ranking4j.shadow.difference}<td>summary<td>{@code task}<td>by how much the
 *     prediction for a candidate differs between the shadow and the model, without sign
 * <tr><td>{@code ranking4j.feature.missing}<td>gauge<td>{@code feature}<td>the share of rows
 *     without a value
 * <tr><td>{@code ranking4j.feature.unknown}<td>gauge<td>{@code feature}<td>the share of values that
 *     are unknown
 * <tr><td>{@code ranking4j.feature.stability}<td>gauge<td>{@code feature}<td>the population
 *     stability index against the training data
 * <tr><td>{@code ranking4j.feature.alarms}<td>gauge<td><td>what is beyond the limits
 * </table>
 *
 * <p>Those of features are there with a {@link DriftMonitor} only, and NaN as long as it has seen
 * too little. Safe to share.
 */
public final class RankingMetrics implements RankingObserver {
  /** The entry of a model's provenance that is its version unless something else is said. */
  public static final String VERSION = "version";

  private static final String CREATED = "created";
  private static final String UNKNOWN = "unknown";
  private static final String PREFIX = "ranking4j.";

  private final MeterRegistry registry;
  private final Tags tags;
  private final @Nullable DriftMonitor drift;
  private final Function<RankingModel, String> version;
  private final Timer encode;
  private final Timer score;
  private final Timer fuse;
  private final Timer total;
  private final DistributionSummary candidates;
  private final Counter deadlineMisses;
  private final Counter unscored;
  private final Counter swaps;
  private final MultiGauge info;
  private final @Nullable FeatureGauges features;
  private final AtomicBoolean serving = new AtomicBoolean();

  private RankingMetrics(
      MeterRegistry registry,
      Tags tags,
      @Nullable DriftMonitor drift,
      Function<RankingModel, String> version) {
    this.registry = registry;
    this.tags = tags;
    this.drift = drift;
    this.version = version;
    this.encode = latency("encode");
    this.score = latency("score");
    this.fuse = latency("fuse");
    this.total = latency("total");
    this.candidates =
        DistributionSummary.builder(PREFIX + "request.candidates")
            .description("candidates of a request")
            .tags(tags)
            .register(registry);
    this.deadlineMisses = counter("request.deadline.misses", "requests not scored in time");
    this.unscored = counter("request.unscored", "candidates not scored in time");
    this.swaps = counter("model.swaps", "models that took the place of another");
    this.info = gauges("model.info", "the model that answers requests");
    this.features = drift == null ? null : new FeatureGauges(drift);
  }

  /** One gauge of each kind for each feature of the model that serves. */
  private final class FeatureGauges {
    private final DriftMonitor monitor;
    private final MultiGauge missing = gauges("feature.missing", "share of rows without a value");
    private final MultiGauge unknown = gauges("feature.unknown", "share of unknown values");
    private final MultiGauge stability =
        gauges("feature.stability", "population stability index against the training data");

    FeatureGauges(DriftMonitor monitor) {
      this.monitor = monitor;
      gauges("feature.alarms", "what is beyond the limits")
          .register(
              List.of(
                  MultiGauge.Row.of(Tags.empty(), monitor, seen -> seen.report().alarms().size())));
    }

    void replaced(RankingModel model) {
      monitor.replaced(model);
      missing.register(rows(model, FeatureDrift::missingRate), true);
      unknown.register(rows(model, FeatureDrift::unknownRate), true);
      stability.register(rows(model, FeatureDrift::stabilityIndex), true);
    }

    private List<MultiGauge.Row<?>> rows(RankingModel model, ToDoubleFunction<FeatureDrift> of) {
      List<MultiGauge.Row<?>> rows = new ArrayList<>();
      for (Feature feature : model.schema().features()) {
        rows.add(
            MultiGauge.Row.of(
                Tags.of("feature", feature.name()),
                monitor,
                seen -> {
                  FeatureDrift found = seen.report().features().get(feature.name());
                  return found == null ? Double.NaN : of.applyAsDouble(found);
                }));
      }
      return rows;
    }
  }

  /** Metrics in a registry, without those of features. */
  public static RankingMetrics of(MeterRegistry registry, Tags tags) {
    return new RankingMetrics(registry, tags, null, RankingMetrics::provenance);
  }

  /** With the features that a monitor watches, which hears what this hears. */
  public RankingMetrics drift(DriftMonitor monitor) {
    return new RankingMetrics(registry, tags, monitor, version);
  }

  /**
   * With another version of models than the entry {@value #VERSION} of their provenance, or when
   * they were trained where there is none.
   */
  public RankingMetrics version(Function<RankingModel, String> of) {
    return new RankingMetrics(registry, tags, drift, of);
  }

  private static String provenance(RankingModel model) {
    return model
        .provenance()
        .get(VERSION)
        .or(() -> model.provenance().get(CREATED))
        .orElse(UNKNOWN);
  }

  private Timer latency(String stage) {
    return Timer.builder(PREFIX + "request.latency")
        .description("how long an answered request took")
        .tags(tags.and("stage", stage))
        .register(registry);
  }

  private Counter counter(String name, String description, Tag... more) {
    return Counter.builder(PREFIX + name)
        .description(description)
        .tags(tags.and(more))
        .register(registry);
  }

  private MultiGauge gauges(String name, String description) {
    return MultiGauge.builder(PREFIX + name).description(description).tags(tags).register(registry);
  }

  private static Tag exception(RuntimeException cause) {
    return Tag.of("exception", cause.getClass().getSimpleName());
  }

  @Override
  public void encoded(RankingModel model, EncodedRows context, EncodedRows rows) {
    if (drift != null) {
      drift.encoded(model, context, rows);
    }
  }

  @Override
  public void ranked(int given, int scored, long encodeNanos, long scoreNanos, long fuseNanos) {
    encode.record(encodeNanos, TimeUnit.NANOSECONDS);
    score.record(scoreNanos, TimeUnit.NANOSECONDS);
    fuse.record(fuseNanos, TimeUnit.NANOSECONDS);
    total.record(encodeNanos + scoreNanos + fuseNanos, TimeUnit.NANOSECONDS);
    candidates.record(given);
    if (scored < given) {
      deadlineMisses.increment();
      unscored.increment(given - scored);
    }
  }

  @Override
  public void failed(RuntimeException cause) {
    counter("request.failures", "requests that ended in an exception", exception(cause))
        .increment();
  }

  @Override
  public void replaced(RankingModel model) {
    if (serving.getAndSet(true)) {
      swaps.increment();
    }
    info.register(List.of(MultiGauge.Row.of(Tags.of("version", version.apply(model)), 1)), true);
    if (features != null) {
      features.replaced(model);
    }
  }

  @Override
  public void refused(RankingModel model, RuntimeException cause) {
    counter("model.rejections", "models that were not taken", exception(cause)).increment();
  }

  @Override
  public void compared(RankingModel shadow, Ranking served, Ranking byShadow) {
    CandidatePredictions before = served.predictions();
    CandidatePredictions after = byShadow.predictions();
    for (String task : before.tasks()) {
      if (after.tasks().contains(task)) {
        DistributionSummary differences =
            DistributionSummary.builder(PREFIX + "shadow.difference")
                .description("between the predictions of the shadow and of the model")
                .tags(tags.and("task", task))
                .register(registry);
        double[] a = before.task(task);
        double[] b = after.task(task);
        for (int i = 0; i < a.length; i++) {
          differences.record(Math.abs(a[i] - b[i]));
        }
      }
    }
  }
}
