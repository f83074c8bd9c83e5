package io.ranking4j.fusion.tuning;

import io.ranking4j.fusion.search.BayesianOptions;

/**
 * How an {@link OnlineTuner} works.
 *
 * @param armsPerBatch how many arms a batch has, the status quo among them; at least 2
 * @param maxBatches after how many batches the budget is spent, at least 1
 * @param tolerance the expected improvement, as a share of the objective, below which nothing more
 *     is to be gained; at least 0
 * @param patience how many proposals in a row must expect as little for the search to have
 *     converged, at least 1
 * @param hopelessBatches after how many batches without an arm that likely meets the constraints
 *     the search is given up, at least 1
 * @param search how arms are found
 * @param seed of all that is random
 */
public record OnlineOptions(
    int armsPerBatch,
    int maxBatches,
    double tolerance,
    int patience,
    int hopelessBatches,
    BayesianOptions search,
    long seed) {
  /** The status quo and three others. */
  public static final int DEFAULT_ARMS_PER_BATCH = 4;

  /** Batches where no budget is given. */
  public static final int DEFAULT_MAX_BATCHES = 20;

  /** A tenth of a percent. */
  public static final double DEFAULT_TOLERANCE = 0.001;

  /** Twice in a row. */
  public static final int DEFAULT_PATIENCE = 2;

  /** Batches without hope where no number is given. */
  public static final int DEFAULT_HOPELESS_BATCHES = 5;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public OnlineOptions {
    if (armsPerBatch < 2) {
      throw new IllegalArgumentException(
          "a batch must have at least 2 arms, the status quo and another, but had " + armsPerBatch);
    }
    if (maxBatches < 1 || patience < 1 || hopelessBatches < 1) {
      throw new IllegalArgumentException(
          "numbers of batches must be at least 1, but were %d, %d and %d"
              .formatted(maxBatches, patience, hopelessBatches));
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("the tolerance must be at least 0, but was " + tolerance);
    }
  }

  /** The defaults: offsets of batches, no part for time. */
  public static OnlineOptions defaults(long seed) {
    return new OnlineOptions(
        DEFAULT_ARMS_PER_BATCH,
        DEFAULT_MAX_BATCHES,
        DEFAULT_TOLERANCE,
        DEFAULT_PATIENCE,
        DEFAULT_HOPELESS_BATCHES,
        BayesianOptions.defaults().withBatchOffsets(true),
        seed);
  }

  /** With another size of batch. */
  public OnlineOptions withArmsPerBatch(int arms) {
    return new OnlineOptions(arms, maxBatches, tolerance, patience, hopelessBatches, search, seed);
  }

  /** With another budget. */
  public OnlineOptions withMaxBatches(int batches) {
    return new OnlineOptions(
        armsPerBatch, batches, tolerance, patience, hopelessBatches, search, seed);
  }

  /** With another way of finding arms. */
  public OnlineOptions withSearch(BayesianOptions other) {
    return new OnlineOptions(
        armsPerBatch, maxBatches, tolerance, patience, hopelessBatches, other, seed);
  }
}
