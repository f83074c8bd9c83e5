package io.ranking4j.task;

import io.ranking4j.spi.TaskKind;
import java.util.Map;

/**
 * Yes or no: one logit z, the loss {@code softplus(z) - y z}, which is stable for every z (a loss
 * on a clipped probability loses the gradient of confident mistakes).
 */
public final class BinaryKind implements TaskKind {
  /** The only one. */
  public static final BinaryKind INSTANCE = new BinaryKind();

  /** Its id in model files. */
  public static final String TYPE_ID = "binary";

  private static final double MIN_RATE = 1e-7;

  private BinaryKind() {}

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
    return 1;
  }

  @Override
  public boolean probability() {
    return true;
  }

  @Override
  public String labelRange() {
    return "0 or 1";
  }

  @Override
  public boolean accepts(double label) {
    return label == 0 || label == 1;
  }

  @Override
  public double loss(double label, float[] outputs, float[] gradient, int offset) {
    return loss(label, outputs, gradient, offset, 1);
  }

  @Override
  public double loss(
      double label, float[] outputs, float[] gradient, int offset, double positiveWeight) {
    double z = outputs[offset];
    // One exponential serves loss and gradient: softplus(-|z|) and sigmoid(|z|) both come from it.
    double e = Math.exp(-Math.abs(z));
    double softplusOfMinusAbs = Math.log1p(e);
    double p = z >= 0 ? 1 / (1 + e) : e / (1 + e);
    if (label == 1) {
      gradient[offset] = (float) (positiveWeight * (p - 1));
      return positiveWeight * (softplusOfMinusAbs + Math.max(-z, 0));
    }
    gradient[offset] = (float) p;
    return softplusOfMinusAbs + Math.max(z, 0);
  }

  @Override
  public double predict(float[] outputs, int offset) {
    return 1 / (1 + Math.exp(-(double) outputs[offset]));
  }

  @Override
  public void start(double mean, double variance, float[] start) {
    double rate = Math.min(Math.max(mean, MIN_RATE), 1 - MIN_RATE);
    start[0] = (float) Math.log(rate / (1 - rate));
  }

  @Override
  public String toString() {
    return TYPE_ID;
  }
}
