package io.ranking4j.runtime.drift;

import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.RankingObserver;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.FeatureCounter;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.input.FeatureStatistics;
import io.ranking4j.runtime.input.ValueBins;
import io.ranking4j.schema.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a share of a {@link io.ranking4j.runtime.LiveRanker}'s requests and says how their
 * features differ from those of the training data, of which the model has statistics: the share of
 * missing and of unknown values, and how values are spread.
 *
 * <pre>{@code
 * DriftMonitor drift = DriftMonitor.of(DriftOptions.defaults());
 * LiveRanker ranker = LiveRanker.of(model, fusion, drift);
 * drift.report().alarms().forEach(alarm -> LOG.warn("{}", alarm));  // now and then
 * }</pre>
 *
 * <p>A report is about the last full window of requests, or before there is one about those so far;
 * another model begins anew. Candidates are all that a request asks for: where training has only
 * those that were shown, some difference is usual, and the limits need to allow for it.
 *
 * <p>Safe to share; no request waits for another.
 */
public final class DriftMonitor implements RankingObserver {
  private final DriftOptions options;
  private volatile @Nullable Window current;

  /** The last full window of the current model. */
  private volatile @Nullable Window full;

  /** What was counted of some requests of one model. */
  private static final class Window {
    final FeatureEncoder encoder;
    final FeatureCounter counter;
    final AtomicLong requests = new AtomicLong();
    final AtomicLongArray[] counts;

    Window(FeatureEncoder encoder, FeatureCounter counter) {
      this.encoder = encoder;
      this.counter = counter;
      this.counts =
          Arrays.stream(counter.zeros())
              .map(zeros -> new AtomicLongArray(zeros.length))
              .toArray(AtomicLongArray[]::new);
    }

    void add(EncodedRows rows) {
      long[][] more = counter.count(rows);
      for (int f = 0; f < more.length; f++) {
        for (int i = 0; i < more[f].length; i++) {
          if (more[f][i] != 0) {
            counts[f].getAndAdd(i, more[f][i]);
          }
        }
      }
    }
  }

  private DriftMonitor(DriftOptions options) {
    this.options = options;
  }

  /** A monitor, which sees nothing until it is given to a ranker. */
  public static DriftMonitor of(DriftOptions options) {
    return new DriftMonitor(options);
  }

  /** The options. */
  public DriftOptions options() {
    return options;
  }

  @Override
  public void replaced(RankingModel model) {
    FeatureEncoder encoder = model.encoder();
    full = null;
    current = new Window(encoder, FeatureCounter.of(encoder));
  }

  @Override
  public void encoded(RankingModel model, EncodedRows context, EncodedRows candidates) {
    Window window = current;
    // A request that began before the model was replaced is of no interest any more.
    if (window == null
        || window.encoder != model.encoder()
        || ThreadLocalRandom.current().nextDouble() >= options.share()) {
      return;
    }
    window.add(context);
    window.add(candidates);
    if (window.requests.incrementAndGet() == options.window()) {
      full = window;
      current = new Window(window.encoder, window.counter);
    }
  }

  /** Forgets what was seen. */
  public void reset() {
    Window window = current;
    full = null;
    if (window != null) {
      current = new Window(window.encoder, window.counter);
    }
  }

  /** What was found. Without features before a ranker has it. */
  public DriftReport report() {
    Window last = full;
    Window window = last == null ? current : last;
    if (window == null) {
      return new DriftReport(0, Map.of(), List.of());
    }
    Map<String, FeatureDrift> features = new LinkedHashMap<>();
    List<DriftAlarm> alarms = new ArrayList<>();
    List<Feature> schema = window.encoder.schema().features();
    for (int f = 0; f < schema.size(); f++) {
      FeatureStatistics trained = window.encoder.statistics().get(schema.get(f).name());
      if (trained != null) {
        FeatureDrift drift = drift(trained, window.counts[f]);
        features.put(drift.feature(), drift);
        alarms.addAll(drift.alarms(options));
      }
    }
    return new DriftReport(window.requests.get(), features, alarms);
  }

  private FeatureDrift drift(FeatureStatistics trained, AtomicLongArray counts) {
    long rows = counts.get(FeatureCounter.ROWS);
    long values = counts.get(FeatureCounter.VALUES);
    double index = Double.NaN;
    String why = null;
    ValueBins bins = trained.bins().orElse(null);
    if (bins == null) {
      why = "the model does not say how the values were spread in training";
    } else if (values < options.minimumValues()) {
      why = "there must be at least " + options.minimumValues() + " values, but were " + values;
    } else {
      index = bins.stabilityIndex(bins(counts));
      why = Double.isNaN(index) ? "the training data had no values" : null;
    }
    return new FeatureDrift(
        trained.feature(),
        rows,
        values,
        rows == 0 ? Double.NaN : (double) counts.get(FeatureCounter.MISSING) / rows,
        trained.missingRate(),
        values == 0 ? Double.NaN : (double) counts.get(FeatureCounter.UNKNOWN) / values,
        trained.unknownRate(),
        index,
        Optional.ofNullable(why));
  }

  private static List<Long> bins(AtomicLongArray counts) {
    List<Long> bins = new ArrayList<>();
    for (int i = FeatureCounter.BINS; i < counts.length(); i++) {
      bins.add(counts.get(i));
    }
    return bins;
  }
}
