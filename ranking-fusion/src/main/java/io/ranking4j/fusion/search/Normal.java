package io.ranking4j.fusion.search;

import org.hipparchus.special.Erf;

/** The standard normal distribution and expected improvement, accurate far out in the tails. */
final class Normal {
  private static final double LOG_ROOT_2_PI = Math.log(2 * Math.PI) / 2;
  private static final double FAR = 3.5;

  private Normal() {}

  static double logDensity(double z) {
    return -z * z / 2 - LOG_ROOT_2_PI;
  }

  static double density(double z) {
    return Math.exp(logDensity(z));
  }

  /** {@code t + 1/(t + 2/(t + 3/...))} less t: the continued fraction of Mills' ratio. */
  private static double fractionBeyond(double t) {
    double fraction = 0;
    for (int k = 80; k >= 1; k--) {
      fraction = k / (t + fraction);
    }
    return fraction;
  }

  /** The probability below -t, for t in [0, {@link #FAR}), by the series about 0. */
  private static double nearTail(double t) {
    double term = t;
    double sum = t;
    for (int k = 3; term > 1e-18 * sum; k += 2) {
      term *= t * t / k;
      sum += term;
    }
    return 0.5 - density(t) * sum;
  }

  static double cdf(double z) {
    double t = Math.abs(z);
    double tail = t < FAR ? nearTail(t) : density(t) / (t + fractionBeyond(t));
    return z < 0 ? tail : 1 - tail;
  }

  static double logCdf(double z) {
    if (z > -FAR) {
      return z > 0 ? Math.log1p(-cdf(-z)) : Math.log(cdf(z));
    }
    return logDensity(z) - Math.log(-z + fractionBeyond(-z));
  }

  /** The derivative of {@link #logCdf}. */
  static double logCdfSlope(double z) {
    return z > -FAR ? density(z) / cdf(z) : -z + fractionBeyond(-z);
  }

  /**
   * The logarithm of {@code h(z) = density(z) + z cdf(z)}, so that the expected improvement of
   * N(mean, sd^2) over best is {@code sd h((mean - best) / sd)}. After Ament et al., "Unexpected
   * improvements to expected improvement", 2023, with a continued fraction in the tail.
   */
  static double logImprovement(double z) {
    if (z > -FAR) {
      return Math.log(density(z) + z * cdf(z));
    }
    double beyond = fractionBeyond(-z);
    return logDensity(z) + Math.log(beyond / (-z + beyond));
  }

  /** The derivative of {@link #logImprovement}. */
  static double logImprovementSlope(double z) {
    if (z > -FAR) {
      double below = cdf(z);
      return below / (density(z) + z * below);
    }
    return 1 / fractionBeyond(-z);
  }

  /** The number below which a share p in (0, 1) of the distribution lies. */
  static double quantile(double p) {
    return Math.sqrt(2) * Erf.erfInv(2 * p - 1);
  }

  static double logSumExp(double[] values) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    if (Double.isInfinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - largest);
    }
    return largest + Math.log(sum);
  }
}
