package io.ranking4j.task;

import io.ranking4j.spi.TaskKind;
import java.util.Map;

/** The squared error of a duration: a kind without positives that is as small as one can be. */
final class SecondsKind implements TaskKind {
  @Override
  public String typeId() {
    return "seconds";
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
    return "at least 0";
  }

  @Override
  public boolean accepts(double label) {
    return label >= 0;
  }

  @Override
  public double loss(double label, float[] outputs, float[] gradient, int offset) {
    double error = outputs[offset] - label;
    gradient[offset] = (float) (2 * error);
    return error * error;
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
