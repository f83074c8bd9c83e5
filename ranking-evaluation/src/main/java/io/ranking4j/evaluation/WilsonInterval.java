package io.ranking4j.evaluation;

/**
 * Wilson's score interval of a rate: unlike the usual mean plus or minus two standard errors it
 * stays inside [0, 1] and is honest for few trials and for rates near 0 or 1.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, 1927</a>
 */
public final class WilsonInterval {

  private WilsonInterval() {}

  /**
   * Returns the 95 % interval.
   *
   * @throws IllegalArgumentException if trials is negative or not finite, or successes is not in
   *     [0, trials]
   */
  public static Interval of(double successes, double trials) {
    return of(successes, trials, Interval.DEFAULT_CONFIDENCE);
  }

  /**
   * Returns the interval of a confidence. Both counts may be fractional, as effective sample sizes
   * are. No trials give [0, 1].
   *
   * @throws IllegalArgumentException if trials is negative or not finite, successes is not in [0,
   *     trials], or confidence is not in (0, 1)
   */
  public static Interval of(double successes, double trials, double confidence) {
    if (!(trials >= 0 && trials <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("trials must be finite and at least 0, but was " + trials);
    }
    if (!(successes >= 0 && successes <= trials)) {
      throw new IllegalArgumentException(
          "successes must be in [0, %s], but was %s".formatted(trials, successes));
    }
    double z = Checks.twoSidedNormalQuantile(confidence);
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double variance = successes * ((trials - successes) / trials);
    double half = z * Math.sqrt(variance + z * z / 4);
    double center = successes + z * z / 2;
    double scale = trials + z * z;
    // Rounding must not leave a bound that is exactly 0 or 1 a hair away from it.
    double lower = successes == 0 ? 0 : Math.max(0, (center - half) / scale);
    double upper = successes == trials ? 1 : Math.min(1, (center + half) / scale);
    return new Interval(lower, upper);
  }
}
