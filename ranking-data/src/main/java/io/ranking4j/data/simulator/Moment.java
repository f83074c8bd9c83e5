package io.ranking4j.data.simulator;

/**
 * Who looks at a list, when and where.
 *
 * @param user the index of the user
 * @param day counted from 0
 * @param hour 0 to 23
 * @param device the index of the device
 */
record Moment(int user, int day, int hour, int device) {
  private static final Weighted HOURS = new Weighted(busyHours());

  private static double[] busyHours() {
    double[] weights = new double[24];
    for (int hour = 0; hour < weights.length; hour++) {
      // Busiest at 20 h, quietest at 8 h.
      weights[hour] = 1 + 0.7 * StrictMath.cos(2 * StrictMath.PI * (hour - 20) / weights.length);
    }
    return weights;
  }

  /** A moment on a day after so large a share, in [0, 1), of its requests. */
  static Moment draw(int day, double share, Population population, RandomStream random) {
    int user = population.draw(random);
    return new Moment(user, day, HOURS.at(share), population.drawDevice(user, random));
  }
}
