package io.ranking4j.fusion.gp;

import java.util.List;

/**
 * How hyperparameters are sought.
 *
 * @param starts how many starts the search has, at least 1: the priors' modes, then random ones
 * @param maxIterations the most steps of one start, at least 1
 * @param shapes the kernels to choose from, at least one; of several the likeliest is taken, anew
 *     for every metric and every fit
 */
public record FitOptions(int starts, int maxIterations, List<Kernel.Shape> shapes) {
  /** Three starts. */
  public static final int DEFAULT_STARTS = 3;

  /** Enough for the gradient to vanish on most data. */
  public static final int DEFAULT_MAX_ITERATIONS = 75;

  /** Either kernel: few functions are as rough as Matern-5/2 has it. */
  public static final List<Kernel.Shape> DEFAULT_SHAPES =
      List.of(Kernel.Shape.MATERN_5_2, Kernel.Shape.SQUARED_EXPONENTIAL);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where a number is below 1 or there is no shape
   */
  public FitOptions {
    shapes = List.copyOf(shapes);
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("a fit needs at least one shape of kernel, but had none");
    }
    if (starts < 1 || maxIterations < 1) {
      throw new IllegalArgumentException(
          "starts and steps must be at least 1, but were " + starts + " and " + maxIterations);
    }
  }

  /** The defaults. */
  public static FitOptions defaults() {
    return new FitOptions(DEFAULT_STARTS, DEFAULT_MAX_ITERATIONS, DEFAULT_SHAPES);
  }

  /** With other kernels to choose from. */
  public FitOptions withShapes(Kernel.Shape... others) {
    return new FitOptions(starts, maxIterations, List.of(others));
  }
}
