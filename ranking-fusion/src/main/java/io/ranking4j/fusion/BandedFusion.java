package io.ranking4j.fusion;

import io.ranking4j.ranking.CandidatePredictions;
import io.ranking4j.ranking.Explanation;
import io.ranking4j.spi.Fusion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A fusion of its own for every band of a task's prediction or a signal: other weights for long
 * videos, for the cheap and the dear, or for every surface and group of users, which the host gives
 * as a number.
 *
 * <pre>{@code
 * BandedFusion.bySignal("surface", home)      // below the first bound
 *     .from(1, search)                        // 1 and above
 *     .from(2, profile);
 * }</pre>
 *
 * <p>Immutable and safe to share; {@link #from} returns a changed copy.
 */
public final class BandedFusion implements Fusion {
  /** Its id in JSON. */
  public static final String TYPE_ID = "banded";

  private static final String BY = "by";
  private static final String BAND = "band";
  private static final String FROM = "from";

  private final Factor by;
  private final NavigableMap<Double, Fusion> bands;
  private final List<Fusion> fusions;

  private BandedFusion(Factor by, NavigableMap<Double, Fusion> bands) {
    this.by = by;
    this.bands = bands;
    this.fusions = List.copyOf(bands.values());
  }

  /** Bands of a signal, the first of them. */
  public static BandedFusion bySignal(String signal, Fusion lowest) {
    return new BandedFusion(
        Factor.signal(signal), new TreeMap<>(Map.of(Double.NEGATIVE_INFINITY, lowest)));
  }

  /** Bands of what a task predicts, the first of them. */
  public static BandedFusion byTask(String task, Fusion lowest) {
    return new BandedFusion(
        Factor.task(task), new TreeMap<>(Map.of(Double.NEGATIVE_INFINITY, lowest)));
  }

  /**
   * With another band, from a bound on.
   *
   * @throws IllegalArgumentException where the bound is not finite
   */
  public BandedFusion from(double bound, Fusion fusion) {
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException("the bound of a band must be finite, but was " + bound);
    }
    NavigableMap<Double, Fusion> more = new TreeMap<>(bands);
    more.put(bound + 0.0, fusion);
    return new BandedFusion(by, more);
  }

  static BandedFusion ofProperties(Map<String, String> properties) {
    String by = properties.get(BY);
    if (by == null) {
      throw new IllegalArgumentException("property '" + BY + "' is needed, but was missing");
    }
    Set<String> prefixes = new LinkedHashSet<>();
    NavigableMap<Double, Fusion> bands = new TreeMap<>();
    Set<String> keys = new LinkedHashSet<>(Set.of(BY));
    for (int i = 0; properties.containsKey(BAND + i + ".type"); i++) {
      String prefix = BAND + i;
      prefixes.add(prefix);
      Map<String, String> rest = new LinkedHashMap<>(properties);
      String from = rest.remove(prefix + "." + FROM);
      double bound =
          i == 0 && from == null
              ? Double.NEGATIVE_INFINITY
              : Thresholds.number(prefix + "." + FROM, from == null ? "" : from);
      if (bands.put(bound, Nested.read(prefix, rest)) != null) {
        throw new IllegalArgumentException("two bands begin at " + bound);
      }
    }
    Nested.checkKnown(properties, keys, prefixes);
    if (bands.isEmpty() || bands.firstKey() != Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException("the first band, 'band0', must have no '" + FROM + "'");
    }
    return new BandedFusion(Thresholds.factor(by), bands);
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** What it goes by; for every band its bound and its fusion after {@code band0.} and so on. */
  @Override
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(BY, Thresholds.text(by));
    int i = 0;
    for (Map.Entry<Double, Fusion> band : bands.entrySet()) {
      if (i > 0) {
        properties.put(BAND + i + "." + FROM, Double.toString(band.getKey()));
      }
      Nested.write(BAND + i, band.getValue(), properties);
      i++;
    }
    return Collections.unmodifiableMap(properties);
  }

  @Override
  public Set<String> tasks() {
    Set<String> tasks = Nested.tasks(fusions);
    if (by.kind() == Factor.Kind.TASK) {
      tasks.add(by.name());
    }
    return tasks;
  }

  @Override
  public Set<String> signals() {
    Set<String> signals = Nested.signals(fusions);
    if (by.kind() == Factor.Kind.SIGNAL) {
      signals.add(by.name());
    }
    return signals;
  }

  @Override
  public void fuse(CandidatePredictions predictions, double[] utility) {
    Terms.checkRoom(predictions, utility);
    Map<Double, List<Integer>> rows = new TreeMap<>();
    for (int i = 0; i < predictions.size(); i++) {
      rows.computeIfAbsent(bandOf(predictions, i), bound -> new ArrayList<>()).add(i);
    }
    for (Map.Entry<Double, List<Integer>> band : rows.entrySet()) {
      Fusion fusion = fusion(band.getKey());
      List<Integer> own = band.getValue();
      if (own.size() == predictions.size()) {
        fusion.fuse(predictions, utility);
        return;
      }
      double[] part = new double[own.size()];
      fusion.fuse(Nested.rows(fusion, predictions, own), part);
      for (int i = 0; i < part.length; i++) {
        utility[own.get(i)] = part[i];
      }
    }
  }

  private double bandOf(CandidatePredictions predictions, int candidate) {
    return bands.floorKey(Thresholds.value(by, predictions, candidate));
  }

  private Fusion fusion(double bound) {
    return Objects.requireNonNull(bands.get(bound));
  }

  @Override
  public Explanation explain(CandidatePredictions predictions, int candidate) {
    Objects.checkIndex(candidate, predictions.size());
    double bound = bandOf(predictions, candidate);
    Fusion fusion = fusion(bound);
    Explanation own = fusion.explain(Nested.rows(fusion, predictions, List.of(candidate)), 0);
    return Explanation.of(
        own.value(),
        "utility: that of the band from " + bound + " of " + by,
        own,
        Explanation.of(Thresholds.value(by, predictions, candidate), by.toString()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BandedFusion that && by.equals(that.by) && bands.equals(that.bands);
  }

  @Override
  public int hashCode() {
    return Objects.hash(by, bands);
  }

  @Override
  public String toString() {
    return "BandedFusion" + properties();
  }
}
