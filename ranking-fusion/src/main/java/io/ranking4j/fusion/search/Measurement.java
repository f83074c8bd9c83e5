package io.ranking4j.fusion.search;

/**
 * A value with its standard error.
 *
 * @param mean the value, finite
 * @param standardError its standard error: 0 where the value is exact, NaN where it is not known
 *     and is to be inferred
 */
public record Measurement(double mean, double standardError) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where the mean is not finite or the error below 0 or infinite
   */
  public Measurement {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("a measurement must be finite, but was " + mean);
    }
    if (standardError < 0 || Double.isInfinite(standardError)) {
      throw new IllegalArgumentException(
          "a standard error must be at least 0 and finite, or NaN where it is not known, but was "
              + standardError);
    }
  }

  /** A value without noise. */
  public static Measurement exact(double value) {
    return new Measurement(value, 0);
  }

  /** A value whose noise is to be inferred. */
  public static Measurement noisy(double value) {
    return new Measurement(value, Double.NaN);
  }

  /**
   * Returns the relative change against an independent measurement, {@code this / baseline - 1},
   * corrected for the bias of a quotient, with its standard error by the delta method.
   *
   * @throws IllegalArgumentException where the baseline is 0
   */
  public Measurement relativeTo(Measurement baseline) {
    double c = baseline.mean;
    if (c == 0) {
      throw new IllegalArgumentException("a baseline must not be 0 to be compared with");
    }
    double ratio = mean / c;
    double size = Math.abs(c);
    double baselineVariance = baseline.standardError * baseline.standardError;
    double change = (mean - c) / size - mean * baselineVariance / (size * size * size);
    double variance = (standardError * standardError + ratio * ratio * baselineVariance) / (c * c);
    return new Measurement(change, Math.sqrt(variance));
  }
}
