package io.ranking4j.task;

import io.ranking4j.spi.TaskKind;
import io.ranking4j.spi.TaskKindProvider;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A value, predicted by one output: the plain baseline of progressive regression. The output is in
 * units of {@code scale}, so that its gradients are about as large as those of a probability.
 *
 * @param penalty what is made small
 * @param scale the unit, above 0: about the deviation of the labels
 * @param delta where {@link Penalty#HUBER} turns from squares to lines, in units of {@code scale},
 *     above 0
 */
public record RegressionKind(Penalty penalty, double scale, double delta) implements TaskKind {
  /** Its id in model files. */
  public static final String TYPE_ID = "regression";

  /** Where Huber's penalty turns from squares to lines when nothing else is said. */
  public static final double DEFAULT_DELTA = 1;

  /** What is made small. */
  public enum Penalty {
    /** Half the squared difference: the prediction is the mean. */
    SQUARED,
    /** Huber's: half the squared difference up to delta, linear beyond. */
    HUBER,
    /**
     * Half the squared difference of {@code ln(1 + label / scale)}, for labels of at least 0. The
     * prediction is what the mean of the logarithms stands for, which is below the mean of the
     * labels.
     */
    LOGARITHM
  }

  /** Refuses impossible numbers. */
  public RegressionKind {
    requirePositive("scale", scale);
    requirePositive("delta", delta);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be finite and above 0, but was " + value);
    }
  }

  /** One that makes a penalty small, in units of a scale. */
  public static RegressionKind of(Penalty penalty, double scale) {
    return new RegressionKind(penalty, scale, DEFAULT_DELTA);
  }

  @Override
  public String typeId() {
    return TYPE_ID;
  }

  @Override
  public Map<String, String> properties() {
    return Map.of(
        "penalty",
        penalty.name(),
        "scale",
        Double.toString(scale),
        "delta",
        Double.toString(delta));
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public boolean probability() {
    return false;
  }

  @Override
  public String labelRange() {
    return penalty == Penalty.LOGARITHM ? "a finite number of at least 0" : "a finite number";
  }

  @Override
  public boolean accepts(double label) {
    return Double.isFinite(label) && (penalty != Penalty.LOGARITHM || label >= 0);
  }

  @Override
  public double loss(double label, float[] outputs, float[] gradient, int offset) {
    double difference = outputs[offset] - transformForStart(label);
    if (penalty == Penalty.HUBER && Math.abs(difference) > delta) {
      gradient[offset] = (float) Math.copySign(delta, difference);
      return delta * (Math.abs(difference) - delta / 2);
    }
    gradient[offset] = (float) difference;
    return difference * difference / 2;
  }

  @Override
  public double predict(float[] outputs, int offset) {
    double output = outputs[offset];
    return scale * (penalty == Penalty.LOGARITHM ? Math.expm1(output) : output);
  }

  @Override
  public void start(double mean, double variance, float[] start) {
    start[0] = (float) mean;
  }

  @Override
  public double transformForStart(double label) {
    return penalty == Penalty.LOGARITHM ? Math.log1p(label / scale) : label / scale;
  }

  /** Makes such kinds again. */
  public static final class Provider implements TaskKindProvider {
    /** Makes one, for the service loader. */
    public Provider() {}

    @Override
    public String typeId() {
      return TYPE_ID;
    }

    @Override
    public TaskKind create(Map<String, String> properties) {
      if (!new TreeSet<>(properties.keySet()).equals(new TreeSet<>(keys()))) {
        throw new IllegalArgumentException(
            "a regression has properties "
                + keys()
                + ", but was given "
                + new TreeMap<>(properties).keySet());
      }
      return new RegressionKind(
          Penalty.valueOf(properties.getOrDefault("penalty", "")),
          Double.parseDouble(properties.getOrDefault("scale", "")),
          Double.parseDouble(properties.getOrDefault("delta", "")));
    }

    private static List<String> keys() {
      return List.of("delta", "penalty", "scale");
    }
  }
}
