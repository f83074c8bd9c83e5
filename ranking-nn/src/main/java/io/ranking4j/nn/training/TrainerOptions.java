package io.ranking4j.nn.training;

import io.ranking4j.nn.optimizer.LazyAdam;
import io.ranking4j.nn.optimizer.RowOptimizer;

/**
 * How a network is trained.
 *
 * @param epochs most passes over the training data, at least 1
 * @param batchSize rows of a step, at least 2
 * @param learningRate of the network's own parameters (Adam), above 0
 * @param tableLearningRate of the embedding tables, above 0
 * @param tableOptimizer how their touched rows are updated
 * @param tableDeviation the standard deviation that embeddings start with, at least 0
 * @param weightDecay pulls the network's own parameters to zero (L2), at least 0
 * @param stopping when training ends early, and which epoch is kept
 * @param seed of everything that is random; the same seed, data and machine give the same model
 */
public record TrainerOptions(
    int epochs,
    int batchSize,
    double learningRate,
    double tableLearningRate,
    RowOptimizer tableOptimizer,
    double tableDeviation,
    double weightDecay,
    EarlyStopping stopping,
    long seed) {
  /** Most passes over the training data when nothing else is said. */
  public static final int DEFAULT_EPOCHS = 10;

  /** Rows of a step when nothing else is said. */
  public static final int DEFAULT_BATCH_SIZE = 1024;

  /** Learning rate of parameters and tables when nothing else is said. */
  public static final double DEFAULT_LEARNING_RATE = 1e-3;

  /** Standard deviation that embeddings start with when nothing else is said. */
  public static final double DEFAULT_TABLE_DEVIATION = 0.01;

  /** Seed when nothing else is said. */
  public static final long DEFAULT_SEED = 42;

  /** Checks every part. */
  public TrainerOptions {
    require(epochs >= 1, "epochs must be at least 1", epochs);
    require(batchSize >= 2, "batchSize must be at least 2", batchSize);
    require(learningRate > 0, "learningRate must be above 0", learningRate);
    require(tableLearningRate > 0, "tableLearningRate must be above 0", tableLearningRate);
    require(tableDeviation >= 0, "tableDeviation must be at least 0", tableDeviation);
    require(weightDecay >= 0, "weightDecay must be at least 0", weightDecay);
  }

  private static void require(boolean condition, String limit, Number actual) {
    if (!condition) {
      throw new IllegalArgumentException(limit + ", but was " + actual);
    }
  }

  /** All defaults. */
  public static TrainerOptions defaults() {
    return new TrainerOptions(
        DEFAULT_EPOCHS,
        DEFAULT_BATCH_SIZE,
        DEFAULT_LEARNING_RATE,
        DEFAULT_LEARNING_RATE,
        LazyAdam.DEFAULT,
        DEFAULT_TABLE_DEVIATION,
        0,
        EarlyStopping.onMean(),
        DEFAULT_SEED);
  }

  /** With another limit of epochs. */
  public TrainerOptions epochs(int most) {
    return new TrainerOptions(
        most,
        batchSize,
        learningRate,
        tableLearningRate,
        tableOptimizer,
        tableDeviation,
        weightDecay,
        stopping,
        seed);
  }

  /** With another size of batches. */
  public TrainerOptions batchSize(int rows) {
    return new TrainerOptions(
        epochs,
        rows,
        learningRate,
        tableLearningRate,
        tableOptimizer,
        tableDeviation,
        weightDecay,
        stopping,
        seed);
  }

  /** With another learning rate of the network's own parameters. */
  public TrainerOptions learningRate(double rate) {
    return new TrainerOptions(
        epochs,
        batchSize,
        rate,
        tableLearningRate,
        tableOptimizer,
        tableDeviation,
        weightDecay,
        stopping,
        seed);
  }

  /** With another learning rate, optimiser and start of the embedding tables. */
  public TrainerOptions tables(RowOptimizer optimizer, double rate, double deviation) {
    return new TrainerOptions(
        epochs, batchSize, learningRate, rate, optimizer, deviation, weightDecay, stopping, seed);
  }

  /** With weight decay. */
  public TrainerOptions weightDecay(double strength) {
    return new TrainerOptions(
        epochs,
        batchSize,
        learningRate,
        tableLearningRate,
        tableOptimizer,
        tableDeviation,
        strength,
        stopping,
        seed);
  }

  /** With another end. */
  public TrainerOptions stopping(EarlyStopping rule) {
    return new TrainerOptions(
        epochs,
        batchSize,
        learningRate,
        tableLearningRate,
        tableOptimizer,
        tableDeviation,
        weightDecay,
        rule,
        seed);
  }

  /** With another seed. */
  public TrainerOptions seed(long number) {
    return new TrainerOptions(
        epochs,
        batchSize,
        learningRate,
        tableLearningRate,
        tableOptimizer,
        tableDeviation,
        weightDecay,
        stopping,
        number);
  }
}
