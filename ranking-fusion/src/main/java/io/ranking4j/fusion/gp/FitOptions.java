package io.ranking4j.fusion.gp;

/**
 * How hyperparameters are sought.
 *
 * @param starts how many starts the search has, at least 1: the priors' modes, then random ones
 * @param maxIterations the most steps of one start, at least 1
 */
public record FitOptions(int starts, int maxIterations) {
  /** Three starts. */
  public static final int DEFAULT_STARTS = 3;

  /** Enough for the gradient to vanish on most data. */
  public static final int DEFAULT_MAX_ITERATIONS = 75;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is below 1
   */
  public FitOptions {
    if (starts < 1 || maxIterations < 1) {
      throw new IllegalArgumentException(
          "starts and steps must be at least 1, but were " + starts + " and " + maxIterations);
    }
  }

  /** The defaults. */
  public static FitOptions defaults() {
    return new FitOptions(DEFAULT_STARTS, DEFAULT_MAX_ITERATIONS);
  }
}
