package io.ranking4j.nn.training;

import io.ranking4j.calibration.SamplingCorrection;
import io.ranking4j.dataset.DatasetSource;
import io.ranking4j.dataset.NegativeSampling;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.nn.architecture.BiasInputs;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.TaskOutput;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * Trains a network on a log. Configuration only: immutable, safe to share, and may train any number
 * of times, also side by side: ND4J's number of threads, a setting of the process, is then the
 * least that one of them asks for. The methods that look like setters return a changed copy.
 *
 * <pre>{@code
 * RankingModel model = Trainer.of(network).negativeKeepRate(0.1).fit(train, validation);
 * }</pre>
 */
public final class Trainer {
  private final Network network;
  private final TrainerOptions options;
  private final LossChoice loss;
  private final Optional<KeepRates> keepRates;
  private final List<ProgressListener> listeners;
  private final List<TrainingListener> dl4jListeners;
  private final Optional<Checkpoints> checkpoints;

  /** What the data does not say about itself. */
  private record KeepRates(double train, double validation) {}

  private Trainer(
      Network network,
      TrainerOptions options,
      LossChoice loss,
      Optional<KeepRates> keepRates,
      List<ProgressListener> listeners,
      List<TrainingListener> dl4jListeners,
      Optional<Checkpoints> checkpoints) {
    this.network = network;
    this.options = options;
    this.loss = loss;
    this.keepRates = keepRates;
    this.listeners = List.copyOf(listeners);
    this.dl4jListeners = List.copyOf(dl4jListeners);
    this.checkpoints = checkpoints;
    options
        .stopping()
        .task()
        .ifPresent(
            task -> {
              if (!network.tasks().names().contains(task)) {
                throw new UnknownNameException("task", task, network.tasks().names());
              }
            });
  }

  /** A trainer with the default options. */
  public static Trainer of(Network network) {
    return new Trainer(
        network,
        TrainerOptions.defaults(),
        LossChoice.FIXED,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** With other options. */
  public Trainer options(TrainerOptions other) {
    return new Trainer(network, other, loss, keepRates, listeners, dl4jListeners, checkpoints);
  }

  /** With another way to weight the tasks. */
  public Trainer loss(LossChoice choice) {
    return new Trainer(network, options, choice, keepRates, listeners, dl4jListeners, checkpoints);
  }

  /**
   * For training data of which rows without a positive of any task were kept at this rate only, and
   * the others always, with validation data that is whole. The model's probabilities are corrected
   * for it. Not needed where the data says so itself ({@link DatasetSource#negativeSampling()}).
   *
   * <p>Validation data that was thinned as well must be declared, by itself or by {@link
   * #negativeKeepRate(double, double)}: taken for whole, it would undo the correction.
   */
  public Trainer negativeKeepRate(double rate) {
    return negativeKeepRate(rate, 1);
  }

  /** For training and validation data that were thinned at these rates; see above. */
  public Trainer negativeKeepRate(double train, double validation) {
    Optional<KeepRates> rates =
        Optional.of(
            new KeepRates(
                new NegativeSampling(train).keepRate(),
                new NegativeSampling(validation).keepRate()));
    return new Trainer(network, options, loss, rates, listeners, dl4jListeners, checkpoints);
  }

  /** With somebody who watches. */
  public Trainer listener(ProgressListener listener) {
    List<ProgressListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new Trainer(network, options, loss, keepRates, more, dl4jListeners, checkpoints);
  }

  /** With a listener of DL4J's on the graph. */
  public Trainer dl4jListener(TrainingListener listener) {
    List<TrainingListener> more = new ArrayList<>(dl4jListeners);
    more.add(listener);
    return new Trainer(network, options, loss, keepRates, listeners, more, checkpoints);
  }

  /**
   * With checkpoints. Where the folder has one of the same training already, it is gone on with
   * from there, and ends bit for bit as if it had not been stopped: the data, the network, all
   * options, the versions of this library and of Java, and the kind of machine must be the same. A
   * schedule or an average that is no record, or has no text of its own, is never the same.
   * Listeners hear nothing of what was done before, and a training that had ended gives its model
   * at once.
   *
   * <p>Such a training fails with an {@link IllegalStateException} that names what differs where
   * the folder has checkpoints of another one, or where another one is writing there, and with an
   * {@link java.io.UncheckedIOException} where a checkpoint cannot be written.
   */
  public Trainer checkpoints(Checkpoints other) {
    return new Trainer(
        network, options, loss, keepRates, listeners, dl4jListeners, Optional.of(other));
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** The options. */
  public TrainerOptions options() {
    return options;
  }

  /**
   * Trains; the best epoch by the validation data is what is returned.
   *
   * @param train what is learned from
   * @param validation what decides which epoch is best: later than the training data
   * @throws io.ranking4j.error.TrainingRefusedException where no usable model can come of it: a
   *     label that is a feature, a label that does not vary, validation data that cannot tell which
   *     epoch is best
   * @throws io.ranking4j.error.DataException where the data is not what the schema and tasks say,
   *     or has no rows
   * @throws io.ranking4j.error.UnavailableException where the device or the kernels of the options
   *     are not there
   * @throws TrainingDivergedException where the loss is no longer a number
   */
  public RankingModel fit(DatasetSource train, DatasetSource validation) {
    return run(train, validation).model();
  }

  /** Trains like {@link #fit}, and returns the history and DL4J's graph as well. */
  public TrainingRun run(DatasetSource train, DatasetSource validation) {
    return run(WarmStart.NONE, train, validation);
  }

  /**
   * Trains like {@link #run(DatasetSource, DatasetSource)}, but begins where an earlier training
   * ended. The provenance of the model says which.
   *
   * @param train what has come since: the earlier data need not be in it
   * @throws IllegalArgumentException where the model to begin from is of another network, or the
   *     state of another training, naming what differs
   * @throws java.io.UncheckedIOException where the state cannot be read or written
   */
  public TrainingRun run(WarmStart warmStart, DatasetSource train, DatasetSource validation) {
    TrainingChecks.labelsAreNoFeatures(network.schema(), network.tasks());
    Optional<BiasInputs> bias = network.architecture().biasInputs();
    bias.ifPresent(inputs -> TrainingChecks.missingIsLearned(inputs, network.schema()));
    options.featureDropout().groups(network.schema());
    // Before the data is read: a device that is missing is an error at once.
    options.createKernels(options.threads());
    double keepRate = keepRate("training", train, keepRates.map(KeepRates::train));
    int width = network.embeddingWidth() * network.architecture().embeddingCopies(network.tasks());
    EarlierModel earlier =
        warmStart.model().map(model -> new EarlierModel(model, network)).orElse(null);
    FeatureEncoder encoder =
        earlier == null
            ? FeatureEncoder.fit(network.schema(), train, width)
            : earlier.encoder(train);
    LabelEncoder labelEncoder = new LabelEncoder(network.tasks(), keepRate);
    TrainingData trainData = TrainingData.read("training", train, encoder, labelEncoder);
    if (earlier == null) {
      // A slice need not have positives of every task.
      TrainingChecks.labelsVary(network.tasks(), trainData.labels());
    }
    Network linked = earlier == null ? network.linked(trainData.labels()) : earlier.linked(network);
    double validationRate =
        keepRate("validation", validation, keepRates.map(KeepRates::validation).filter(r -> r < 1));
    // It is to tell how the model ranks where nothing was shown yet.
    FeatureEncoder unbiased =
        bias.map(inputs -> encoder.without(inputs.features())).orElse(encoder);
    TrainingData validationData =
        TrainingData.read(
            "validation", validation, unbiased, labelEncoder.forValidation(validationRate));
    TrainingChecks.validationTells(network.tasks(), options.stopping(), validationData.labels());
    try (TrainingLoop loop =
        new TrainingLoop(
            linked,
            warmStart.options(options),
            loss.of(linked),
            encoder.withBins(trainData.features()),
            trainData,
            outputs(linked, keepRate),
            warmStart,
            earlier)) {
      TrainingRun run =
          loop.run(
              validationData, listeners, dl4jListeners, checkpoints, loss, warmStart.saveState());
      RankingModel model = run.model().withProvenance("loss", loss.name());
      if (earlier != null) {
        model = earlier.noted(model, warmStart);
      }
      return new TrainingRun(model, run.history(), run.bestEpoch(), run.graph());
    }
  }

  private static double keepRate(String what, DatasetSource data, Optional<Double> told) {
    Optional<Double> noted = data.negativeSampling().map(NegativeSampling::keepRate);
    if (noted.isPresent() && told.isPresent() && !noted.equals(told)) {
      throw new IllegalArgumentException(
          "the trainer was told that negatives were kept at "
              + told.get()
              + ", but the "
              + what
              + " data says "
              + noted.get());
    }
    return told.or(() -> noted).orElse(1.0);
  }

  private static List<TaskOutput> outputs(Network linked, double keepRate) {
    List<TaskOutput> outputs = new ArrayList<>();
    for (Task task : linked.tasks().tasks()) {
      double sampled = LabelEncoder.sampled(task) ? keepRate : 1;
      double shift =
          task.kind().probability()
              ? SamplingCorrection.logitShift(
                  sampled * task.negativeKeepRate(), task.positiveWeight())
              : 0;
      outputs.add(new TaskOutput(task, shift, 0, Optional.empty()));
    }
    return outputs;
  }
}
