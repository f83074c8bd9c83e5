package io.ranking4j.examples;

import io.ranking4j.spi.TaskKind;
import java.util.Map;

/**
 * A kind of task of one's own: how many seconds somebody stays, as a log-normal variable. A head
 * has two outputs, the mean mu and the logarithm s of the deviation of ln(seconds); the prediction
 * is the expected number of seconds, {@code exp(mu + exp(2 s) / 2)}.
 *
 * <p>The loss is the negative log likelihood {@code s + (ln(seconds) - mu)^2 / (2 exp(2 s))}. What
 * no output changes is left out: {@code ln(2 pi) / 2}, and {@code ln(seconds)}, which would make it
 * the likelihood of seconds rather than of their logarithm. Neither changes a gradient.
 *
 * <p>s is clipped to [{@value #MIN_LOG_DEVIATION}, {@value #MAX_LOG_DEVIATION}] and predictions to
 * a day, so that neither a loss nor a prediction leaves the range of numbers.
 */
public final class DwellTime implements TaskKind {
  /** The only one. */
  public static final DwellTime INSTANCE = new DwellTime();

  /** Its id in model files. */
  public static final String TYPE_ID = "dwell-time";

  /** The least logarithm of a deviation: a hundredth. */
  public static final double MIN_LOG_DEVIATION = -4.6;

  /** The largest logarithm of a deviation: about seven, more than any dwell time varies. */
  public static final double MAX_LOG_DEVIATION = 2;

  /** The longest time that is predicted, in seconds. */
  public static final double MAX_SECONDS = 86_400;

  /** Smallest variance of ln(seconds) that a head starts from. */
  private static final double MIN_START_VARIANCE = 1e-4;

  private DwellTime() {}

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  @Override
  public int width() {
    return 2;
  }

  @Override
  public boolean probability() {
    return false;
  }

  @Override
  public String labelRange() {
    return "a finite number of seconds above 0";
  }

  @Override
  public boolean accepts(double label) {
    return label > 0 && Double.isFinite(label);
  }

  @Override
  public double loss(double label, float[] outputs, float[] gradient, int offset) {
    double s = logDeviation(outputs, offset);
    double precision = Math.exp(-2 * s);
    double error = Math.log(label) - outputs[offset];
    double half = error * error * precision / 2;
    gradient[offset] = (float) (-error * precision);
    // Beyond its bounds s stays where it is, unless the loss pulls it back.
    double slope = 1 - 2 * half;
    boolean outward =
        (outputs[offset + 1] <= MIN_LOG_DEVIATION && slope > 0)
            || (outputs[offset + 1] >= MAX_LOG_DEVIATION && slope < 0);
    gradient[offset + 1] = outward ? 0 : (float) slope;
    return s + half;
  }

  @Override
  public double predict(float[] outputs, int offset) {
    double s = logDeviation(outputs, offset);
    double logSeconds = outputs[offset] + Math.exp(2 * s) / 2;
    return Math.exp(Math.min(logSeconds, Math.log(MAX_SECONDS)));
  }

  @Override
  public double transformForStart(double label) {
    return Math.log(label);
  }

  @Override
  public void start(double mean, double variance, float[] start) {
    start[0] = (float) mean;
    start[1] = (float) (Math.log(Math.max(variance, MIN_START_VARIANCE)) / 2);
  }

  private static double logDeviation(float[] outputs, int offset) {
    return Math.min(Math.max(outputs[offset + 1], MIN_LOG_DEVIATION), MAX_LOG_DEVIATION);
  }

  @Override
  public String toString() {
    return TYPE_ID;
  }
}
