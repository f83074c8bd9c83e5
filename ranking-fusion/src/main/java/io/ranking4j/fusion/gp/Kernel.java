package io.ranking4j.fusion.gp;

/**
 * A covariance with a length scale for every input: of the distance {@code r^2 = sum ((a_i - b_i) /
 * l_i)^2}, times a correlation in time. Where time is used, a point has one more coordinate than
 * there are length scales: its time, the last.
 *
 * <p>Immutable and safe to share: the array is copied and not handed out for writing.
 *
 * @param shape how it falls with the distance
 * @param lengthScales one above 0 for every input
 * @param outputScale the variance of the function, above 0
 * @param time the correlation in time
 */
public record Kernel(Shape shape, double[] lengthScales, double outputScale, TimeCorrelation time) {

  /** How a covariance falls with the distance: how smooth the function is held to be. */
  public enum Shape {
    /** Matern-5/2, {@code (1 + sqrt(5) r + 5/3 r^2) exp(-sqrt(5) r)}: twice differentiable. */
    MATERN_5_2 {
      @Override
      double at(double square) {
        double r = Math.sqrt(5 * square);
        return (1 + r + r * r / 3) * Math.exp(-r);
      }

      @Override
      double slope(double square) {
        double r = Math.sqrt(5 * square);
        return 5.0 / 3 * (1 + r) * Math.exp(-r);
      }
    },
    /** The squared exponential {@code exp(-r^2 / 2)}: as smooth as can be. */
    SQUARED_EXPONENTIAL {
      @Override
      double at(double square) {
        return Math.exp(-square / 2);
      }

      @Override
      double slope(double square) {
        return Math.exp(-square / 2);
      }
    };

    /** The correlation at a squared distance. */
    abstract double at(double square);

    /** Minus twice the derivative of {@link #at} by the squared distance. */
    abstract double slope(double square);
  }

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

  /** A Matern-5/2 kernel without time. */
  public static Kernel of(double[] lengthScales, double outputScale) {
    return new Kernel(Shape.MATERN_5_2, lengthScales, outputScale, TimeCorrelation.none());
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
    return outputScale * timeFactor(a, b) * shape.at(square(a, b));
  }

  /** Adds to {@code gradient} the derivative of {@code factor * at(a, b)} by the inputs of a. */
  void addGradient(double[] a, double[] b, double factor, double[] gradient) {
    double slope = -factor * outputScale * timeFactor(a, b) * shape.slope(square(a, b));
    for (int i = 0; i < lengthScales.length; i++) {
      gradient[i] += slope * (a[i] - b[i]) / (lengthScales[i] * lengthScales[i]);
    }
  }

  private double square(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < lengthScales.length; i++) {
      double difference = (a[i] - b[i]) / lengthScales[i];
      sum += difference * difference;
    }
    return sum;
  }

  private double timeFactor(double[] a, double[] b) {
    return time.isTimeUsed() ? time.at(a[lengthScales.length] - b[lengthScales.length]) : 1;
  }
}
