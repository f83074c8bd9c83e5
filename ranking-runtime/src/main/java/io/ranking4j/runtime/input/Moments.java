package io.ranking4j.runtime.input;

import io.ranking4j.error.DataException;

/**
 * Mean and deviation of numbers that come one by one (Welford, Technometrics 4(3), 1962). Used by
 * one thread.
 */
final class Moments {
  private long count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }

  /** The scale that standardises the numbers; constant ones, and none, are only centred. */
  Scale scale(String feature) {
    double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
    if (!Double.isFinite(deviation) || !Double.isFinite(mean)) {
      throw new DataException(
          "the numbers of feature '" + feature + "' are too large to be standardised");
    }
    return new Scale(mean, deviation > 0 ? deviation : 1);
  }
}
