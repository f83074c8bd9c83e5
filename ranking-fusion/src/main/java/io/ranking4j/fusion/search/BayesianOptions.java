package io.ranking4j.fusion.search;

import io.ranking4j.fusion.gp.FitOptions;
import io.ranking4j.fusion.gp.TimeCorrelation;

/**
 * How a {@link BayesianSearch} works.
 *
 * @param initialTrials how many trials are spread evenly before a model is used; 0 for twice the
 *     number of inputs, at least 5
 * @param draws the quasi-random draws that acquisition functions integrate over, at least 1
 * @param rawCandidates how many points are looked at before the best are improved, at least 1
 * @param starts how many of these are improved, at least 1
 * @param iterations the most steps of one improvement, at least 1
 * @param acquisition what makes a point worth trying
 * @param hasBatchOffsets whether all values of a batch share an unknown offset
 * @param time how outcomes are related in time
 * @param fit how hyperparameters are sought
 */
public record BayesianOptions(
    int initialTrials,
    int draws,
    int rawCandidates,
    int starts,
    int iterations,
    Acquisition acquisition,
    boolean hasBatchOffsets,
    TimeCorrelation time,
    FitOptions fit) {
  /** Draws where none are given. */
  public static final int DEFAULT_DRAWS = 128;

  /** Points looked at where none are given. */
  public static final int DEFAULT_RAW_CANDIDATES = 384;

  /** Points improved where none are given. */
  public static final int DEFAULT_STARTS = 4;

  /** Steps where none are given. */
  public static final int DEFAULT_ITERATIONS = 60;

  /** What makes a point worth trying. */
  public enum Acquisition {
    /** The improvement over the best so far that is to be expected: finds the best and ends. */
    NOISY_EXPECTED_IMPROVEMENT,
    /** Mean plus a multiple of the standard deviation: earns while it learns, and never ends. */
    UPPER_CONFIDENCE_BOUND
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public BayesianOptions {
    if (initialTrials < 0) {
      throw new IllegalArgumentException(
          "initial trials must be at least 0, but were " + initialTrials);
    }
    atLeastOne("draws", draws);
    atLeastOne("raw candidates", rawCandidates);
    atLeastOne("starts", starts);
    atLeastOne("iterations", iterations);
  }

  private static void atLeastOne(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, but were " + value);
    }
  }

  /** The defaults. */
  public static BayesianOptions defaults() {
    return new BayesianOptions(
        0,
        DEFAULT_DRAWS,
        DEFAULT_RAW_CANDIDATES,
        DEFAULT_STARTS,
        DEFAULT_ITERATIONS,
        Acquisition.NOISY_EXPECTED_IMPROVEMENT,
        false,
        TimeCorrelation.none(),
        FitOptions.defaults());
  }

  /** With another number of initial trials. */
  public BayesianOptions withInitialTrials(int trials) {
    return new BayesianOptions(
        trials, draws, rawCandidates, starts, iterations, acquisition, hasBatchOffsets, time, fit);
  }

  /** With another acquisition function. */
  public BayesianOptions withAcquisition(Acquisition other) {
    return new BayesianOptions(
        initialTrials, draws, rawCandidates, starts, iterations, other, hasBatchOffsets, time, fit);
  }

  /** With offsets of batches or without. */
  public BayesianOptions withBatchOffsets(boolean offsets) {
    return new BayesianOptions(
        initialTrials, draws, rawCandidates, starts, iterations, acquisition, offsets, time, fit);
  }

  /** With outcomes related in time. */
  public BayesianOptions withTime(TimeCorrelation correlation) {
    return new BayesianOptions(
        initialTrials,
        draws,
        rawCandidates,
        starts,
        iterations,
        acquisition,
        hasBatchOffsets,
        correlation,
        fit);
  }

  int initialTrials(int inputs) {
    return initialTrials > 0 ? initialTrials : Math.max(5, 2 * inputs);
  }
}
