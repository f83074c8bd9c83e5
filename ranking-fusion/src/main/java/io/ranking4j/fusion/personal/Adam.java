package io.ranking4j.fusion.personal;

/** Adam of Kingma and Ba, 2015, with its usual decay rates. Not safe to share. */
final class Adam {
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final double[] mean;
  private final double[] square;
  private int steps;

  Adam(int parameters, double rate) {
    this.rate = rate;
    this.mean = new double[parameters];
    this.square = new double[parameters];
  }

  /** One step down the gradient. */
  void descend(double[] parameters, double[] gradient) {
    steps++;
    double step = rate * Math.sqrt(1 - Math.pow(SECOND, steps)) / (1 - Math.pow(FIRST, steps));
    for (int i = 0; i < parameters.length; i++) {
      mean[i] += (1 - FIRST) * (gradient[i] - mean[i]);
      square[i] += (1 - SECOND) * (gradient[i] * gradient[i] - square[i]);
      parameters[i] -= step * mean[i] / (Math.sqrt(square[i]) + EPSILON);
    }
  }
}
