package io.ranking4j.fusion.gp;

import java.util.List;

/**
 * How much an outcome at one time says about another time: the product of a periodic correlation
 * {@code exp(-2 sin^2(pi d / T) / l^2)} for every period T and of forgetting {@code (1 -
 * e)^(|d|/2)}, where d is the time between.
 *
 * <p>The periodic form follows <a href="https://arxiv.org/abs/2105.14422">Periodic-GP</a> as far as
 * its abstract names it, forgetting that of <a href="https://arxiv.org/abs/1601.06650">time-varying
 * Gaussian process bandits</a>.
 *
 * @param periods the periods, each above 0, in the unit of time of the caller; none for no season
 * @param lengthScale how fast the correlation falls within a period, above 0; about 1 says that
 *     opposite phases are nearly unrelated
 * @param forgetting the share that is forgotten in a unit of time, in [0, 1)
 */
public record TimeCorrelation(List<Double> periods, double lengthScale, double forgetting) {
  /** The length scale within a period where none is given. */
  public static final double DEFAULT_LENGTH_SCALE = 1.0;

  private static final TimeCorrelation NONE =
      new TimeCorrelation(List.of(), DEFAULT_LENGTH_SCALE, 0);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public TimeCorrelation {
    periods = List.copyOf(periods);
    for (double period : periods) {
      if (!(period > 0) || Double.isInfinite(period)) {
        throw new IllegalArgumentException("a period must be above 0, but was " + period);
      }
    }
    if (!(lengthScale > 0) || Double.isInfinite(lengthScale)) {
      throw new IllegalArgumentException(
          "the length scale within a period must be above 0, but was " + lengthScale);
    }
    if (!(forgetting >= 0 && forgetting < 1)) {
      throw new IllegalArgumentException("forgetting must be in [0, 1), but was " + forgetting);
    }
  }

  /** Outcomes do not depend on time. */
  public static TimeCorrelation none() {
    return NONE;
  }

  /** Outcomes repeat after every one of these periods. */
  public static TimeCorrelation periodic(double... periods) {
    return new TimeCorrelation(
        java.util.Arrays.stream(periods).boxed().toList(), DEFAULT_LENGTH_SCALE, 0);
  }

  /** Old outcomes count ever less. */
  public static TimeCorrelation forgetting(double share) {
    return new TimeCorrelation(List.of(), DEFAULT_LENGTH_SCALE, share);
  }

  /** Returns whether time plays a part at all. */
  public boolean isTimeUsed() {
    return !periods.isEmpty() || forgetting > 0;
  }

  /** Returns the correlation over a stretch of time, in [0, 1]. */
  public double at(double timeBetween) {
    double exponent = 0;
    for (double period : periods) {
      // The remainder first: a whole number of periods must be exactly none.
      double sine = Math.sin(Math.PI * Math.IEEEremainder(timeBetween, period) / period);
      exponent -= 2 * sine * sine / (lengthScale * lengthScale);
    }
    if (forgetting > 0) {
      exponent += Math.abs(timeBetween) / 2 * Math.log1p(-forgetting);
    }
    return exponent == 0 ? 1 : Math.exp(exponent);
  }
}
