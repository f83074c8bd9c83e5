package io.ranking4j.nn.dl4j;

import io.ranking4j.runtime.kernel.Memory;
import io.ranking4j.runtime.plan.Parameter;
import io.ranking4j.runtime.plan.Plan;
import java.util.List;

/**
 * L2 on the weights of products alone: the loss grows by half the strength times the sum of their
 * squares. Biases, slopes of activations, and scale and shift of normalisations are left alone:
 * they are few, so they cannot overfit, and pulling them to zero biases the base rate (Goodfellow
 * et al. 2016, section 7.1).
 */
final class WeightDecay {
  private static final String WEIGHTS = ".weights";
  private static final int BLOCK = 2048;

  private final double strength;
  private final List<Parameter> weights;
  private final float[] values = new float[BLOCK];
  private final float[] gradients = new float[BLOCK];

  WeightDecay(Plan plan, double strength) {
    this.strength = strength;
    this.weights =
        strength == 0
            ? List.of()
            : plan.parameters().stream()
                .filter(parameter -> parameter.name().endsWith(WEIGHTS))
                .toList();
  }

  /** What it adds to the loss. */
  double penalty(Memory parameters) {
    double sum = 0;
    for (Parameter parameter : weights) {
      int end = parameter.offset() + parameter.size();
      for (int at = parameter.offset(); at < end; at += BLOCK) {
        int count = Math.min(BLOCK, end - at);
        parameters.read(at, values, 0, count);
        for (int i = 0; i < count; i++) {
          sum += (double) values[i] * values[i];
        }
      }
    }
    return strength / 2 * sum;
  }

  /** Adds its gradient. */
  void addGradient(Memory parameters, Memory gradient) {
    float factor = (float) strength;
    for (Parameter parameter : weights) {
      int end = parameter.offset() + parameter.size();
      for (int at = parameter.offset(); at < end; at += BLOCK) {
        int count = Math.min(BLOCK, end - at);
        parameters.read(at, values, 0, count);
        gradient.read(at, gradients, 0, count);
        for (int i = 0; i < count; i++) {
          gradients[i] += factor * values[i];
        }
        gradient.write(at, gradients, 0, count);
      }
    }
  }
}
