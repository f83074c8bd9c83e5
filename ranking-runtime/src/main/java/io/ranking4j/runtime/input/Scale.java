package io.ranking4j.runtime.input;

/**
 * Takes a number to zero mean and unit deviation.
 *
 * @param mean what is taken away
 * @param deviation what is divided by, above 0
 */
record Scale(double mean, double deviation) {
  static final Scale NONE = new Scale(0, 1);

  Scale {
    if (!Double.isFinite(mean) || !(deviation > 0) || !Double.isFinite(deviation)) {
      throw new IllegalArgumentException("no scale: mean " + mean + ", deviation " + deviation);
    }
  }

  float apply(double value) {
    return (float) ((value - mean) / deviation);
  }
}
