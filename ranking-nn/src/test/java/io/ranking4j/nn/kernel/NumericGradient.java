package io.ranking4j.nn.kernel;

import java.util.function.ToDoubleFunction;

/** Gradients by central differences, in double precision. */
final class NumericGradient {
  private static final double STEP = 1e-5;

  private NumericGradient() {}

  /** The gradient of {@code loss} by each number of {@code at}, which ends as it was. */
  static double[] of(ToDoubleFunction<double[]> loss, double[] at) {
    double[] gradient = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double value = at[i];
      at[i] = value + STEP;
      double above = loss.applyAsDouble(at);
      at[i] = value - STEP;
      double below = loss.applyAsDouble(at);
      at[i] = value;
      gradient[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }
}
