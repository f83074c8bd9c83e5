package io.ranking4j.runtime.drift;

/**
 * What a {@link DriftMonitor} looks at, and what it puts up with.
 *
 * @param share the share of requests that are looked at, drawn at random, in (0, 1]
 * @param window how many of these a report is about, at least 1
 * @param minimumValues values of a feature below which nothing is said of it, at least 1
 * @param missingRise how much the share of rows without a value may be above that of training, in
 *     [0, 1]
 * @param unknownRise likewise the share of values that are unknown, in [0, 1]
 * @param stabilityIndex how large the population stability index may be, above 0
 */
public record DriftOptions(
    double share,
    long window,
    long minimumValues,
    double missingRise,
    double unknownRise,
    double stabilityIndex) {
  /** The share of requests when nothing else is said. */
  public static final double DEFAULT_SHARE = 0.05;

  /** The requests of a report when nothing else is said. */
  public static final long DEFAULT_WINDOW = 10_000;

  /** The least values when nothing else is said. */
  public static final long DEFAULT_MINIMUM_VALUES = 1000;

  /** The rise of missing rows that is allowed when nothing else is said. */
  public static final double DEFAULT_MISSING_RISE = 0.05;

  /** The rise of unknown values that is allowed when nothing else is said. */
  public static final double DEFAULT_UNKNOWN_RISE = 0.1;

  /** The population stability index that is allowed when nothing else is said. */
  public static final double DEFAULT_STABILITY_INDEX = 0.25;

  /** Checks every part. */
  public DriftOptions {
    require(share > 0 && share <= 1, "share must be in (0, 1]", share);
    require(window >= 1, "window must be at least 1", window);
    require(minimumValues >= 1, "minimumValues must be at least 1", minimumValues);
    require(missingRise >= 0 && missingRise <= 1, "missingRise must be in [0, 1]", missingRise);
    require(unknownRise >= 0 && unknownRise <= 1, "unknownRise must be in [0, 1]", unknownRise);
    require(stabilityIndex > 0, "stabilityIndex must be above 0", stabilityIndex);
  }

  private static void require(boolean condition, String limit, Number actual) {
    if (!condition) {
      throw new IllegalArgumentException(limit + ", but was " + actual);
    }
  }

  /** All defaults. */
  public static DriftOptions defaults() {
    return new DriftOptions(
        DEFAULT_SHARE,
        DEFAULT_WINDOW,
        DEFAULT_MINIMUM_VALUES,
        DEFAULT_MISSING_RISE,
        DEFAULT_UNKNOWN_RISE,
        DEFAULT_STABILITY_INDEX);
  }

  /** Looking at another share of the requests, and reporting on so many of them. */
  public DriftOptions sampling(double ofRequests, long requests) {
    return new DriftOptions(
        ofRequests, requests, minimumValues, missingRise, unknownRise, stabilityIndex);
  }

  /** With another least number of values. */
  public DriftOptions minimumValues(long values) {
    return new DriftOptions(share, window, values, missingRise, unknownRise, stabilityIndex);
  }

  /** With other limits. */
  public DriftOptions limits(double missing, double unknown, double index) {
    return new DriftOptions(share, window, minimumValues, missing, unknown, index);
  }
}
