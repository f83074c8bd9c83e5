package io.ranking4j.nn.loss;

import io.ranking4j.spi.TaskKind;
import java.util.Map;

/** A value with the squared error as its loss. */
final class SquaredKind implements TaskKind {
  @Override
  public String typeId() {
    return "squared";
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
    return false;
  }

  @Override
  public String labelRange() {
    return "a number";
  }

  @Override
  public boolean accepts(double label) {
    return Double.isFinite(label);
  }

  @Override
  public double loss(double label, float[] outputs, float[] gradient, int offset) {
    double distance = outputs[offset] - label;
    gradient[offset] = (float) (2 * distance);
    return distance * distance;
  }

  @Override
  public double predict(float[] outputs, int offset) {
    return outputs[offset];
  }

  @Override
  public void start(double mean, double variance, float[] start) {
    start[0] = (float) mean;
  }
}
