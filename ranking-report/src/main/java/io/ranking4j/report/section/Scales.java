package io.ranking4j.report.section;

/** Where axes end. */
final class Scales {
  private static final double[] STEPS = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};

  private Scales() {}

  /**
   * Returns a round number at or just above a rate, at most 1; for 0 the least there is use for.
   */
  static double ceiling(double rate) {
    if (!(rate > 1e-9)) {
      return 1e-9;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(rate)));
    for (double step : STEPS) {
      if (step * unit >= rate) {
        return Math.min(1, step * unit);
      }
    }
    return 1;
  }
}
