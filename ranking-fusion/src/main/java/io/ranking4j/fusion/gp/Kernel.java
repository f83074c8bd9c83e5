package io.ranking4j.fusion.gp;

/**
 * The Matern-5/2 covariance with a length scale for every input, {@code s (1 + sqrt(5) r + 5/3 r^2)
 * exp(-sqrt(5) r)} with {@code r^2 = sum ((a_i - b_i) / l_i)^2}, times a correlation in time. Where
 * time is used, a point has one more coordinate than there are length scales: its time, the last.
 *
 * <p>Immutable and safe to share: the array is copied and not handed out for writing.
 *
 * @param lengthScales one above 0 for every input
 * @param outputScale the variance of the function, above 0
 * @param time the correlation in time
 */
public record Kernel(double[] lengthScales, double outputScale, TimeCorrelation time) {
  private static final double SQRT_5 = Math.sqrt(5);

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException where one is not above 0
   */
  public Kernel {
    lengthScales = lengthScales.clone();
    for (double lengthScale : lengthScales) {
      if (!(lengthScale > 0)) {
        throw new IllegalArgumentException(
            "a length scale must be above 0, but was " + lengthScale);
      }
    }
    if (!(outputScale > 0)) {
      throw new IllegalArgumentException(
          "the output scale must be above 0, but was " + outputScale);
    }
  }

  /** A kernel without time. */
  public static Kernel of(double[] lengthScales, double outputScale) {
    return new Kernel(lengthScales, outputScale, TimeCorrelation.none());
  }

  /** Returns a copy of the length scales. */
  @Override
  public double[] lengthScales() {
    return lengthScales.clone();
  }

  /** Returns the number of inputs, without time. */
  public int inputs() {
    return lengthScales.length;
  }

  /** Returns the number of coordinates of a point, with its time where time is used. */
  public int coordinates() {
    return lengthScales.length + (time.isTimeUsed() ? 1 : 0);
  }

  /** Returns the covariance of the function at two points. */
  public double at(double[] a, double[] b) {
    double r = SQRT_5 * distance(a, b);
    return outputScale * timeFactor(a, b) * (1 + r + r * r / 3) * Math.exp(-r);
  }

  /** Adds to {@code gradient} the derivative of {@code factor * at(a, b)} by the inputs of a. */
  void addGradient(double[] a, double[] b, double factor, double[] gradient) {
    double r = SQRT_5 * distance(a, b);
    double slope = -factor * outputScale * timeFactor(a, b) * 5 / 3 * (1 + r) * Math.exp(-r);
    for (int i = 0; i < lengthScales.length; i++) {
      gradient[i] += slope * (a[i] - b[i]) / (lengthScales[i] * lengthScales[i]);
    }
  }

  private double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < lengthScales.length; i++) {
      double difference = (a[i] - b[i]) / lengthScales[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private double timeFactor(double[] a, double[] b) {
    return time.isTimeUsed() ? time.at(a[lengthScales.length] - b[lengthScales.length]) : 1;
  }
}
