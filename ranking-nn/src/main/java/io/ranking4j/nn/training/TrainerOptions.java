package io.ranking4j.nn.training;

import io.ranking4j.error.UnavailableException;
import io.ranking4j.nn.device.Device;
import io.ranking4j.nn.kernel.nd4j.Nd4jKernels;
import io.ranking4j.nn.optimizer.Averaging;
import io.ranking4j.nn.optimizer.ExponentialAveraging;
import io.ranking4j.nn.optimizer.RowOptimizer;
import io.ranking4j.nn.optimizer.StochasticAveraging;
import io.ranking4j.nn.optimizer.TableOptions;
import io.ranking4j.nn.schedule.LearningRateSchedule;
import io.ranking4j.runtime.KernelChoice;
import io.ranking4j.runtime.kernel.Kernels;
import io.ranking4j.runtime.kernel.Precision;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a network is trained.
 *
 * @param epochs most passes over the training data, at least 1
 * @param batchSize rows of a step, at least 2
 * @param learningRate of the network's own parameters (Adam), above 0
 * @param schedule what this and the tables' learning rate are multiplied by as training goes on
 * @param tables how the embedding tables are trained
 * @param featureDropout the values that training takes for missing by chance
 * @param averaging of the weights, which is what is validated and kept; empty for the weights of
 *     the last step
 * @param weightDecay pulls the weights of the network's products to zero, at least 0: half of it
 *     times the sum of their squares is added to the loss. Biases, slopes, normalisations, tables
 *     and the parameters of the loss are left alone
 * @param baseRates whether the biases of heads start at the base rate of their task's labels, or at
 *     zero
 * @param stopping when training ends early, and which epoch is kept
 * @param device what it runs on
 * @param kernels what it runs with where that is the processor
 * @param threads how many threads train, at least 1: each takes a part of every batch, but a
 *     network that normalises over the batch is run by one, whose products take as many threads
 * @param precision what the factors of the network's products are rounded to; parameters, sums,
 *     gradients and optimisers are float in any case, and so is validation
 * @param seed of everything that is random; the same seed, data, machine and number of threads give
 *     the same model, bit for bit
 */
public record TrainerOptions(
    int epochs,
    int batchSize,
    double learningRate,
    LearningRateSchedule schedule,
    TableOptions tables,
    FeatureDropout featureDropout,
    Optional<Averaging> averaging,
    double weightDecay,
    boolean baseRates,
    EarlyStopping stopping,
    Device device,
    KernelChoice kernels,
    int threads,
    Precision precision,
    long seed) {
  /** Most passes over the training data when nothing else is said. */
  public static final int DEFAULT_EPOCHS = 10;

  /** Rows of a step when nothing else is said. */
  public static final int DEFAULT_BATCH_SIZE = 256;

  /** Learning rate of parameters when nothing else is said. */
  public static final double DEFAULT_LEARNING_RATE = 1e-3;

  /** How much of an epoch the average of the weights looks back on when nothing else is said. */
  public static final double DEFAULT_AVERAGING = 0.5;

  /** Threads when nothing else is said. */
  public static final int DEFAULT_THREADS = 1;

  /** Seed when nothing else is said. */
  public static final long DEFAULT_SEED = 42;

  /** Checks every part. */
  public TrainerOptions {
    require(epochs >= 1, "epochs must be at least 1", epochs);
    require(batchSize >= 2, "batchSize must be at least 2", batchSize);
    require(learningRate > 0, "learningRate must be above 0", learningRate);
    require(weightDecay >= 0, "weightDecay must be at least 0", weightDecay);
    require(threads >= 1, "threads must be at least 1", threads);
    if (tables.restarted() && averaging.orElse(null) instanceof StochasticAveraging stochastic) {
      throw new IllegalArgumentException(
          "tables that restart at each epoch have no mean over epochs, but averaging was "
              + stochastic);
    }
  }

  private static void require(boolean condition, String limit, Number actual) {
    if (!condition) {
      throw new IllegalArgumentException(limit + ", but was " + actual);
    }
  }

  /** All defaults. */
  public static TrainerOptions defaults() {
    return new Fields().build();
  }

  /** With another limit of epochs. */
  public TrainerOptions epochs(int most) {
    return edit(all -> all.epochs = most);
  }

  /** With another size of batches. */
  public TrainerOptions batchSize(int rows) {
    return edit(all -> all.batchSize = rows);
  }

  /** With another learning rate of the network's own parameters. */
  public TrainerOptions learningRate(double rate) {
    return edit(all -> all.learningRate = rate);
  }

  /** With another learning rate, optimiser and start of the embedding tables. */
  public TrainerOptions tables(RowOptimizer optimizer, double rate, double deviation) {
    return tables(tables.optimizer(optimizer).learningRate(rate).deviation(deviation));
  }

  /** With tables trained in another way. */
  public TrainerOptions tables(TableOptions other) {
    return edit(all -> all.tables = other);
  }

  /** With values that training takes for missing by chance. */
  public TrainerOptions featureDropout(FeatureDropout other) {
    return edit(all -> all.featureDropout = other);
  }

  /** With learning rates that change in another way. */
  public TrainerOptions schedule(LearningRateSchedule other) {
    return edit(all -> all.schedule = other);
  }

  /** With a moving average of the weights over another share of an epoch, or none for 0. */
  public TrainerOptions averaging(double ofAnEpoch) {
    return averaging(
        ofAnEpoch == 0 ? Optional.empty() : Optional.of(new ExponentialAveraging(ofAnEpoch)));
  }

  /** With another average of the weights, or none. */
  public TrainerOptions averaging(Optional<Averaging> other) {
    return edit(all -> all.averaging = other);
  }

  /** With the biases of heads starting at base rates, or at zero. */
  public TrainerOptions baseRates(boolean start) {
    return edit(all -> all.baseRates = start);
  }

  /** With weight decay. */
  public TrainerOptions weightDecay(double strength) {
    return edit(all -> all.weightDecay = strength);
  }

  /** With another end. */
  public TrainerOptions stopping(EarlyStopping rule) {
    return edit(all -> all.stopping = rule);
  }

  /** With another device. */
  public TrainerOptions device(Device choice) {
    return edit(all -> all.device = choice);
  }

  /** With other kernels, and so many threads. */
  public TrainerOptions kernels(KernelChoice choice, int ofEach) {
    return edit(
        all -> {
          all.kernels = choice;
          all.threads = ofEach;
        });
  }

  /** With products of another precision. */
  public TrainerOptions precision(Precision ofProducts) {
    return edit(all -> all.precision = ofProducts);
  }

  /** With another seed. */
  public TrainerOptions seed(long number) {
    return edit(all -> all.seed = number);
  }

  /**
   * What it trains with.
   *
   * @param ofEach the threads that one operation may take
   * @throws UnavailableException if that is not there, or cannot compute in the precision
   */
  Kernels createKernels(int ofEach) {
    Kernels created = device.kernels(() -> kernels.create(ofEach, precision));
    if (precision != Precision.FLOAT && created instanceof Nd4jKernels) {
      throw new UnavailableException(
          "ND4J's kernels compute in FLOAT only, but the options ask for " + precision);
    }
    return created;
  }

  private TrainerOptions edit(Consumer<Fields> change) {
    Fields all = new Fields();
    all.epochs = epochs;
    all.batchSize = batchSize;
    all.learningRate = learningRate;
    all.schedule = schedule;
    all.tables = tables;
    all.featureDropout = featureDropout;
    all.averaging = averaging;
    all.weightDecay = weightDecay;
    all.baseRates = baseRates;
    all.stopping = stopping;
    all.device = device;
    all.kernels = kernels;
    all.threads = threads;
    all.precision = precision;
    all.seed = seed;
    change.accept(all);
    return all.build();
  }

  /** The options while one of them is changed. */
  private static final class Fields {
    private int epochs = DEFAULT_EPOCHS;
    private int batchSize = DEFAULT_BATCH_SIZE;
    private double learningRate = DEFAULT_LEARNING_RATE;
    private LearningRateSchedule schedule = LearningRateSchedule.CONSTANT;
    private TableOptions tables = TableOptions.DEFAULT;
    private FeatureDropout featureDropout = FeatureDropout.NONE;
    private Optional<Averaging> averaging =
        Optional.of(new ExponentialAveraging(DEFAULT_AVERAGING));
    private double weightDecay = 0;
    private boolean baseRates = true;
    private EarlyStopping stopping = EarlyStopping.onMean();
    private Device device = Device.CPU;
    private KernelChoice kernels = KernelChoice.FASTEST;
    private int threads = DEFAULT_THREADS;
    private Precision precision = Precision.FLOAT;
    private long seed = DEFAULT_SEED;

    TrainerOptions build() {
      return new TrainerOptions(
          epochs,
          batchSize,
          learningRate,
          schedule,
          tables,
          featureDropout,
          averaging,
          weightDecay,
          baseRates,
          stopping,
          device,
          kernels,
          threads,
          precision,
          seed);
    }
  }
}
