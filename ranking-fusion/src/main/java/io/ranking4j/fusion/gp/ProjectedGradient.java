package io.ranking4j.fusion.gp;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Minimises a smooth function over a convex set, known by the projection onto it, with spectral
 * steps and a non-monotone line search: SPG2 of Birgin, Martinez and Raydan, SIAM J. Optim. 10
 * (2000). One method for boxes and for the simplex. Stateless.
 */
public final class ProjectedGradient {
  private static final int MEMORY = 8;
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double MIN_STEP = 1e-10;
  private static final double MAX_STEP = 1e10;
  private static final int MAX_HALVINGS = 25;

  private ProjectedGradient() {}

  /** A function with its gradient. */
  @FunctionalInterface
  public interface Function {
    /**
     * Evaluates.
     *
     * @param x where, not to be changed
     * @param gradient receives the gradient
     * @return the value; not finite where the function cannot be evaluated
     */
    double at(double[] x, double[] gradient);
  }

  /**
   * Where the search ended.
   *
   * @param x the best point
   * @param value its value
   */
  public record Minimum(double[] x, double value) {}

  /**
   * Searches from one start.
   *
   * @param projection takes a new array onto the set, in place or not
   * @param tolerance ends the search where the largest step of the projected gradient is below it
   */
  public static Minimum minimise(
      Function function,
      UnaryOperator<double[]> projection,
      double[] start,
      int maxIterations,
      double tolerance) {
    double[] x = projection.apply(start.clone());
    int n = x.length;
    double[] gradient = new double[n];
    double value = function.at(x, gradient);
    Minimum best = new Minimum(x, value);
    if (!Double.isFinite(value)) {
      return best;
    }
    double[] recent = new double[MEMORY];
    Arrays.fill(recent, value);
    double step = 1 / Math.max(1e-8, largest(gradient));
    double[] nextGradient = new double[n];
    for (int iteration = 0; iteration < maxIterations; iteration++) {
      double[] direction = direction(x, gradient, step, projection);
      if (largest(direction) < tolerance * Math.min(1, step)) {
        break;
      }
      double slope = GaussianProcess.dot(direction, gradient);
      double worst = Arrays.stream(recent).max().orElse(value);
      double length = 1;
      double[] next = along(x, direction, length);
      double nextValue = function.at(next, nextGradient);
      int halvings = 0;
      while (!(nextValue <= worst + SUFFICIENT_DECREASE * length * slope)
          && halvings++ < MAX_HALVINGS) {
        double parabola = -0.5 * length * length * slope / (nextValue - value - length * slope);
        length = parabola >= 0.1 * length && parabola <= 0.9 * length ? parabola : length / 2;
        next = along(x, direction, length);
        nextValue = function.at(next, nextGradient);
      }
      if (!(nextValue <= worst)) {
        break;
      }
      double moved = 0;
      double curvature = 0;
      for (int i = 0; i < n; i++) {
        double s = next[i] - x[i];
        moved += s * s;
        curvature += s * (nextGradient[i] - gradient[i]);
      }
      // On a concave stretch: as far as a unit of the largest component, not to the set's far end.
      step =
          curvature <= 0
              ? 1 / Math.max(1e-8, largest(nextGradient))
              : Math.max(MIN_STEP, Math.min(MAX_STEP, moved / curvature));
      x = next;
      value = nextValue;
      System.arraycopy(nextGradient, 0, gradient, 0, n);
      recent[iteration % MEMORY] = value;
      if (value < best.value()) {
        best = new Minimum(x, value);
      }
    }
    return best;
  }

  private static double[] direction(
      double[] x, double[] gradient, double step, UnaryOperator<double[]> projection) {
    double[] target = projection.apply(along(x, gradient, -step));
    for (int i = 0; i < x.length; i++) {
      target[i] -= x[i];
    }
    return target;
  }

  private static double[] along(double[] x, double[] direction, double length) {
    double[] next = x.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] += length * direction[i];
    }
    return next;
  }

  private static double largest(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
