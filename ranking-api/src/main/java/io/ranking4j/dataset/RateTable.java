package io.ranking4j.dataset;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a rate as of one moment, by key: what serving looks a {@link
 * io.ranking4j.schema.RateFeature} up in. Immutable and safe to share.
 */
public final class RateTable {
  /** Stands between the parts of a key made of several columns. */
  public static final char KEY_SEPARATOR = '\u001f';

  private final String feature;
  private final Map<String, Count> counts;
  private final double overallRate;

  /**
   * How often a key was seen.
   *
   * @param positives impressions with a positive label, at least 0
   * @param impressions all impressions, at least {@code positives}
   */
  public record Count(double positives, double impressions) {
    /** Refuses impossible counts. */
    public Count {
      if (!(positives >= 0 && impressions >= positives && Double.isFinite(impressions))) {
        throw new IllegalArgumentException(
            "counts must be finite and satisfy 0 <= positives <= impressions, but were "
                + positives
                + " and "
                + impressions);
      }
    }
  }

  /**
   * Makes a table.
   *
   * @param feature the rate feature it is of
   * @param counts by key; copied
   * @param overallRate the rate over all keys, in (0, 1)
   */
  public RateTable(String feature, Map<String, Count> counts, double overallRate) {
    if (!(overallRate > 0 && overallRate < 1)) {
      throw new IllegalArgumentException(
          "the overall rate of '" + feature + "' must be in (0, 1), but was " + overallRate);
    }
    this.feature = feature;
    this.counts = Map.copyOf(counts);
    this.overallRate = overallRate;
  }

  /** The key of these values of the key columns; a missing value is the empty string. */
  public static String key(List<String> parts) {
    return parts.size() == 1 ? parts.get(0) : String.join(String.valueOf(KEY_SEPARATOR), parts);
  }

  /** The rate feature it is of. */
  public String feature() {
    return feature;
  }

  /** The count of a key, or null where it was never seen. */
  public @Nullable Count count(String key) {
    return counts.get(key);
  }

  /** The rate over all keys. */
  public double overallRate() {
    return overallRate;
  }

  /** All counts, sorted by key: a copy. */
  public Map<String, Count> counts() {
    return new TreeMap<>(counts);
  }

  /** How many keys there are. */
  public int size() {
    return counts.size();
  }
}
