package io.ranking4j.nn.optimizer;

/**
 * How embedding tables are trained.
 *
 * @param optimizer how their touched rows are updated
 * @param learningRate above 0
 * @param deviation the standard deviation that embeddings start with, at least 0
 * @param decay L2 on the rows that a batch touches, once each however often it has them: their
 *     gradient grows by so many times the row; at least 0. Rows that are not touched do not decay.
 *     The loss that is reported does not show it
 * @param dropout what is left out by chance
 * @param frequencyAdaptive whether a row's learning rate is multiplied by {@code ln(F + 1) / max
 *     ln(F + 1)}, with F its occurrences so far, and the maximum over the rows of its table (Yang
 *     et al. 2025): rare rows take smaller steps. Occurrences are counted one by one, those within
 *     a list and those of one batch too
 * @param restarted whether at the start of each epoch but the first all rows are drawn anew, and
 *     their optimiser, frequencies and average forgotten, while the network keeps what it learned
 *     (MEDA, Fan et al. 2024)
 */
public record TableOptions(
    RowOptimizer optimizer,
    double learningRate,
    double deviation,
    double decay,
    EmbeddingDropout dropout,
    boolean frequencyAdaptive,
    boolean restarted) {
  /** Learning rate when nothing else is said. */
  public static final double DEFAULT_LEARNING_RATE = 1e-3;

  /** Standard deviation that embeddings start with when nothing else is said. */
  public static final double DEFAULT_DEVIATION = 0.01;

  /** All defaults. */
  public static final TableOptions DEFAULT =
      new TableOptions(
          LazyAdam.DEFAULT,
          DEFAULT_LEARNING_RATE,
          DEFAULT_DEVIATION,
          0,
          EmbeddingDropout.NONE,
          false,
          false);

  /** Checks every part. */
  public TableOptions {
    require(learningRate > 0, "the tables' learningRate must be above 0", learningRate);
    require(deviation >= 0, "the tables' deviation must be at least 0", deviation);
    require(
        decay >= 0 && decay < Double.POSITIVE_INFINITY,
        "the tables' decay must be at least 0 and finite",
        decay);
  }

  private static void require(boolean condition, String limit, double actual) {
    if (!condition) {
      throw new IllegalArgumentException(limit + ", but was " + actual);
    }
  }

  /** With another optimiser. */
  public TableOptions optimizer(RowOptimizer other) {
    return new TableOptions(
        other, learningRate, deviation, decay, dropout, frequencyAdaptive, restarted);
  }

  /** With another learning rate. */
  public TableOptions learningRate(double rate) {
    return new TableOptions(
        optimizer, rate, deviation, decay, dropout, frequencyAdaptive, restarted);
  }

  /** With another standard deviation to start with. */
  public TableOptions deviation(double standard) {
    return new TableOptions(
        optimizer, learningRate, standard, decay, dropout, frequencyAdaptive, restarted);
  }

  /** With L2 of another strength on touched rows. */
  public TableOptions decay(double strength) {
    return new TableOptions(
        optimizer, learningRate, deviation, strength, dropout, frequencyAdaptive, restarted);
  }

  /** With embeddings left out by chance. */
  public TableOptions dropout(double rate, EmbeddingDropout.Unit unit) {
    return new TableOptions(
        optimizer,
        learningRate,
        deviation,
        decay,
        new EmbeddingDropout(rate, unit),
        frequencyAdaptive,
        restarted);
  }

  /** With or without learning rates that follow the frequency of rows. */
  public TableOptions frequencyAdaptive(boolean adaptive) {
    return new TableOptions(
        optimizer, learningRate, deviation, decay, dropout, adaptive, restarted);
  }

  /** With or without a new start at each epoch. */
  public TableOptions restarted(boolean eachEpoch) {
    return new TableOptions(
        optimizer, learningRate, deviation, decay, dropout, frequencyAdaptive, eachEpoch);
  }
}
