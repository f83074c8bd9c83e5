package io.ranking4j.calibration;

import io.ranking4j.spi.Calibrator;

/**
 * Log-odds divided by a temperature: {@code logit(q) = logit(p) / T}. Below 1 it makes predictions
 * more extreme, above 1 less. Guo et al., <i>On calibration of modern neural networks</i> (ICML
 * 2017). It leaves one half where it is, so it mends over-confidence but no wrong base rate; for
 * rare events {@link PlattCalibrator} is usually what is wanted.
 *
 * <p>Fitted by maximum likelihood between {@value #MIN_TEMPERATURE} and {@value #MAX_TEMPERATURE};
 * {@link #atBound()} tells whether the best temperature lies outside, which means that the
 * probabilities carry no information (upper bound) or that the labels are separated (lower bound).
 *
 * @param temperature within these bounds
 */
public record TemperatureCalibrator(double temperature) implements Calibrator {
  /** Its id in model files. */
  public static final String TYPE_ID = "temperature";

  /** The lowest temperature. */
  public static final double MIN_TEMPERATURE = 0.01;

  /** The highest temperature. */
  public static final double MAX_TEMPERATURE = 100;

  private static final int MAX_ITERATIONS = 200;
  private static final double TOLERANCE = 1e-13;

  /** Checks the temperature. */
  public TemperatureCalibrator {
    if (!(temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE)) {
      throw new IllegalArgumentException(
          "the temperature must be in ["
              + MIN_TEMPERATURE
              + ", "
              + MAX_TEMPERATURE
              + "], but was "
              + temperature);
    }
  }

  /**
   * Fits a temperature with every row counting once.
   *
   * @see #fit(double[], double[], double[])
   */
  public static TemperatureCalibrator fit(double[] probabilities, double[] labels) {
    return fit(probabilities, labels, Observations.unitWeights(labels.length));
  }

  /**
   * Fits a temperature; 1 where every probability is one half.
   *
   * @param probabilities by row, what is to be calibrated, in [0, 1]; like the others not kept
   * @param labels by row, 0 or 1
   * @param weights by row, how often the row counts, at least 0 and finite
   * @throws IllegalArgumentException where lengths differ, a value is out of range (naming its
   *     row), or there is no positive or no negative
   */
  public static TemperatureCalibrator fit(
      double[] probabilities, double[] labels, double[] weights) {
    Observations rows = Observations.of(probabilities, labels, weights);
    double[] z = rows.logOdds();
    double[] scaledWeights = rows.weightsOfMeanOne();
    // In the inverse temperature the loss is convex: its slope has one root, kept in [low, high].
    double low = 1 / MAX_TEMPERATURE;
    double high = 1 / MIN_TEMPERATURE;
    if (slope(z, rows.labels(), scaledWeights, 1)[1] == 0) {
      return new TemperatureCalibrator(1);
    }
    if (slope(z, rows.labels(), scaledWeights, low)[0] >= 0) {
      return new TemperatureCalibrator(MAX_TEMPERATURE);
    }
    if (slope(z, rows.labels(), scaledWeights, high)[0] <= 0) {
      return new TemperatureCalibrator(MIN_TEMPERATURE);
    }
    double inverse = 1;
    for (int i = 0; i < MAX_ITERATIONS && high - low > TOLERANCE * high; i++) {
      double[] slope = slope(z, rows.labels(), scaledWeights, inverse);
      if (slope[0] == 0) {
        break;
      }
      if (slope[0] < 0) {
        low = inverse;
      } else {
        high = inverse;
      }
      double newton = inverse - slope[0] / slope[1];
      double next = newton > low && newton < high ? newton : (low + high) / 2;
      if (Math.abs(next - inverse) <= TOLERANCE * inverse) {
        inverse = next;
        break;
      }
      inverse = next;
    }
    return new TemperatureCalibrator(
        Math.min(Math.max(1 / inverse, MIN_TEMPERATURE), MAX_TEMPERATURE));
  }

  /** First and second derivative of the loss by the inverse temperature. */
  private static double[] slope(double[] z, double[] labels, double[] weights, double inverse) {
    double first = 0;
    double second = 0;
    for (int row = 0; row < z.length; row++) {
      double scaled = inverse * z[row];
      double p = LogOdds.sigmoid(scaled);
      first += weights[row] * z[row] * (p - labels[row]);
      second += weights[row] * z[row] * z[row] * p * LogOdds.sigmoid(-scaled);
    }
    return new double[] {first, second};
  }

  /** Where a temperature lies. */
  public enum Status {
    /** Between the bounds: a fit was free to choose it. */
    WITHIN_BOUNDS,
    /** At {@value #MIN_TEMPERATURE}: the probabilities separate the labels. */
    AT_MINIMUM,
    /** At {@value #MAX_TEMPERATURE}: the probabilities say nothing of the labels. */
    AT_MAXIMUM
  }

  /** Whether the temperature is at one of its bounds, and which. */
  public Status status() {
    if (temperature == MIN_TEMPERATURE) {
      return Status.AT_MINIMUM;
    }
    return temperature == MAX_TEMPERATURE ? Status.AT_MAXIMUM : Status.WITHIN_BOUNDS;
  }

  /** Whether the temperature is at one of its bounds, so that a fit was not free to go on. */
  public boolean atBound() {
    return status() != Status.WITHIN_BOUNDS;
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  /** The temperature. */
  @Override
  public double[] parameters() {
    return new double[] {temperature};
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException where it is outside of [0, 1] or NaN
   */
  @Override
  public double calibrate(double probability) {
    return LogOdds.sigmoid(LogOdds.of(LogOdds.check(probability)) / temperature);
  }
}
