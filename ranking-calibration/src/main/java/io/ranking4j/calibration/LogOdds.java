package io.ranking4j.calibration;

/** Probabilities in logarithms, bounded so that 0 and 1 have finite ones. */
final class LogOdds {
  /**
   * The largest distance of a logarithm from 0. Beyond that of every probability below 1 in double
   * precision, so that on the upper side only 1 itself is moved.
   */
  static final double BOUND = 40;

  private LogOdds() {}

  /** {@code ln p}, at least -{@value #BOUND}. */
  static double log(double probability) {
    return Math.max(Math.log(probability), -BOUND);
  }

  /** {@code ln(1 - p)}, at least -{@value #BOUND}. */
  static double logOfComplement(double probability) {
    return Math.max(Math.log1p(-probability), -BOUND);
  }

  /** {@code ln(p / (1 - p))}, within {@value #BOUND} of 0. */
  static double of(double probability) {
    return log(probability) - logOfComplement(probability);
  }

  /**
   * {@code 1 / (1 + e^-z)}. One formula for both signs: every step of it is monotone in floating
   * point, which two branches that meet at 0 need not be.
   */
  static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** {@code ln(1 + e^z)} without overflow. */
  static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }

  /** Refuses what is no probability. */
  static double check(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability must be in [0, 1], but was " + probability);
    }
    return probability;
  }
}
