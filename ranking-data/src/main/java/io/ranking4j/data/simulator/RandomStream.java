package io.ranking4j.data.simulator;

import java.util.SplittableRandom;

/**
 * Random numbers for one purpose. Every purpose has a stream of its own, so that drawing more for
 * one changes nothing for the others. All is done with {@link StrictMath} and without the
 * generators' own distributions, which may differ between platforms and Java versions.
 */
final class RandomStream {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final SplittableRandom random;

  private RandomStream(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The stream of a purpose. */
  static RandomStream of(long seed, String purpose) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
    }
    // One draw mixes the seed, so that neighbouring seeds do not give neighbouring streams.
    return new RandomStream(new SplittableRandom(seed).nextLong() ^ hash);
  }

  /** The stream of a purpose on one day. */
  static RandomStream of(long seed, String purpose, int day) {
    return of(seed, purpose + "/" + day);
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in 0 .. count - 1. */
  int below(int count) {
    return (int) (uniform() * count);
  }

  /** Normal with mean 0 and deviation 1 (Box and Muller 1958). */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }

  /** Standard Gumbel: the noise that turns scores into a Plackett-Luce order. */
  double gumbel() {
    return -StrictMath.log(-StrictMath.log((random.nextLong() >>> 11) * 0x1.0p-53 + 0x1.0p-54));
  }

  /** So many normal numbers, shifted and scaled to mean 0 and deviation 1. */
  double[] standardized(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = gaussian();
    }
    standardize(values);
    return values;
  }

  /** Shifts and scales to mean 0 and deviation 1, in place; a single value becomes 0. */
  static void standardize(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    double scale = variance > 0 ? 1 / StrictMath.sqrt(variance) : 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - mean) * scale;
    }
  }
}
