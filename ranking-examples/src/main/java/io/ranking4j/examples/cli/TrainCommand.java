package io.ranking4j.examples.cli;

import io.ranking4j.data.NegativeSampler;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.recipe.Recipe;
import io.ranking4j.examples.report.Evaluation;
import io.ranking4j.examples.report.Reachable;
import io.ranking4j.nn.training.Checkpoints;
import io.ranking4j.nn.training.EarlyStopping;
import io.ranking4j.nn.training.EpochReport;
import io.ranking4j.nn.training.FeatureDropout;
import io.ranking4j.nn.training.LossChoice;
import io.ranking4j.nn.training.Network;
import io.ranking4j.nn.training.SingleHead;
import io.ranking4j.nn.training.Trainer;
import io.ranking4j.nn.training.TrainerOptions;
import io.ranking4j.nn.training.TrainingRun;
import io.ranking4j.runtime.input.FeatureEncoder;
import io.ranking4j.runtime.kernel.Precision;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: trains a model and says what it reached. */
@Command(name = "train", description = "Trains a model on a log and measures it.")
final class TrainCommand implements Callable<Integer> {
  private static final String MEAN = "mean";
  private static final String EACH = "each";

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--model",
      description =
          "The architecture, such as resflow, ple, aitm, esmm or escm2-dr; behind it +cross2 and"
              + " +fm add layers that multiply features, +features1 or +logit say what residuals"
              + " carry, +star or +reversed which task depends on which. Or an object in JSON, as"
              + " in {\"name\":\"mmoe\",\"experts\":4} (default: ${DEFAULT-VALUE}).",
      paramLabel = "NAME")
  private String model = "resflow";

  @Option(names = "--out", description = "Write the model there.", paramLabel = "FILE")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--recipe",
      description =
          "How it is trained where no other option says so: default, or best, the best found for"
              + " kuairand without looking at its test days (default: ${DEFAULT-VALUE}).",
      paramLabel = "NAME")
  private String recipe = "default";

  @Option(
      names = "--task-weighting",
      description =
          "How the losses of the tasks are weighted: fixed, kendall, liebel or gradnorm (default:"
              + " fixed).",
      paramLabel = "NAME")
  private Optional<String> taskWeighting = Optional.empty();

  @Option(
      names = "--epochs",
      description =
          "Most passes over the training data (default: " + TrainerOptions.DEFAULT_EPOCHS + ").",
      paramLabel = "N")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--batch-size",
      description = "Rows of a step (default: " + TrainerOptions.DEFAULT_BATCH_SIZE + ").",
      paramLabel = "N")
  private Optional<Integer> batchSize = Optional.empty();

  @Option(
      names = "--learning-rate",
      description =
          "Of parameters and embeddings (default: " + TrainerOptions.DEFAULT_LEARNING_RATE + ").",
      paramLabel = "X")
  private Optional<Double> learningRate = Optional.empty();

  @Option(
      names = "--embedding-width",
      description = "Numbers of an embedding (default: " + FeatureEncoder.DEFAULT_WIDTH + ").",
      paramLabel = "N")
  private Optional<Integer> embeddingWidth = Optional.empty();

  @Option(
      names = "--tower",
      split = ",",
      description = "Widths of the hidden layers (default: 128,64).",
      paramLabel = "N")
  private List<Integer> tower = List.of();

  @Option(
      names = "--negative-keep-rate",
      description =
          "Train on this share of the rows without any positive; the model corrects for it"
              + " (default: ${DEFAULT-VALUE}).",
      paramLabel = "R")
  private double negativeKeepRate = 1;

  @Option(
      names = "--feature-dropout",
      description =
          "Train without a feature in this share of the rows, drawn for each feature anew, so that"
              + " one that is lost in serving costs less (default: 0).",
      paramLabel = "R")
  private Optional<Double> featureDropout = Optional.empty();

  @Option(
      names = "--feature-group",
      description =
          "Features that --feature-dropout loses together, as NAME,NAME; may be given repeatedly.",
      paramLabel = "NAMES")
  private List<String> featureGroups = List.of();

  @Option(
      names = "--threads",
      description = "How many threads train (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int threads = TrainerOptions.DEFAULT_THREADS;

  @Option(
      names = "--precision",
      description =
          "What the factors of products are rounded to while training: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}).",
      paramLabel = "P")
  private Precision precision = Precision.FLOAT;

  @Option(
      names = "--monitor",
      description =
          "The task whose AUC decides which epoch is best, mean, or each for tasks that share"
              + " nothing (default: mean).",
      paramLabel = "TASK")
  private Optional<String> monitor = Optional.empty();

  @Option(
      names = "--checkpoint",
      description =
          "Write down there how far the training is, at each minute and after each epoch; where the"
              + " folder has checkpoints of the same training, go on from the last one.",
      paramLabel = "FOLDER")
  private Optional<Path> checkpoint = Optional.empty();

  @Option(
      names = "--checkpoint-every",
      description = "Do so after so many batches, not at each minute.",
      paramLabel = "N")
  private Optional<Integer> checkpointEvery = Optional.empty();

  @Override
  public Integer call() throws IOException {
    PrintWriter print = common.out();
    long began = System.nanoTime();
    // What is wrong with the options is said before anything is read.
    Recipe chosen = recipe();
    ExampleData example = data.open(common.seed(), chosen.inputs());
    Network network = network(chosen, example);
    Trainer trainer = Trainer.of(network).options(chosen.options()).loss(chosen.loss());
    trainer = checkpoints().map(trainer::checkpoints).orElse(trainer);
    Dataset train = example.train();
    if (negativeKeepRate < 1) {
      train = NegativeSampler.allTasks(train, example.tasks(), negativeKeepRate, common.seed());
    }
    Dataset validation = example.validation();
    if (model.equals(Models.SINGLE_HEAD)) {
      SingleHead single = Models.singleHead(example.tasks());
      train = single.prepare(train);
      validation = single.prepare(validation);
    }
    print.printf(
        "training %s on %s: %d rows, %d to validate, tasks %s%n",
        model, data.dataset(), train.rows(), validation.rows(), network.tasks().names());
    example.remarks().forEach(print::println);
    print.flush();
    TrainingRun run;
    try (Progress progress = new Progress(print)) {
      run = trainer.listener(progress).run(train, validation);
    }
    double seconds = (System.nanoTime() - began) / 1e9;

    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataset", data.dataset());
    json.put("model", model);
    json.put("recipe", recipe);
    json.put("seed", common.seed());
    json.put("train_rows", train.rows());
    json.put("seconds", seconds);
    json.put("best_epoch", run.bestEpoch());
    json.put("epochs", run.history().stream().map(TrainCommand::epoch).toList());
    TaskGraph measured = example.tasks();
    Evaluation validated = Evaluation.of(run.model(), measured, validation, example.userColumn());
    print.printf("%nvalidation (epoch %d)%n%s%n", run.bestEpoch(), validated.toTable());
    json.put("validation", validated.toJson());
    Optional<Dataset> test = example.test(network.schema(), measured);
    if (test.isPresent()) {
      test(run, test.get(), example, print, json);
    }
    if (out.isPresent()) {
      run.model().withProvenance("dataset", data.dataset()).save(out.get());
      print.printf("%nmodel written to %s%n", out.get());
    }
    print.flush();
    common.writeJson(json);
    return 0;
  }

  private void test(
      TrainingRun run,
      Dataset test,
      ExampleData example,
      PrintWriter print,
      Map<String, Object> json) {
    Evaluation tested = Evaluation.of(run.model(), example.tasks(), test, example.userColumn());
    Evaluation before =
        Evaluation.of(run.model().uncorrected(), example.tasks(), test, example.userColumn());
    print.printf("%ntest%n%s%n", tested.toTable());
    json.put("test", tested.toJson());
    Reachable reachable = Reachable.of(example.tasks(), test, example::trueProbabilities);
    if (!reachable.auc().isEmpty()) {
      print.printf("%nauc against the best reachable%n%s%n", reachable.toTable(tested));
      json.put("best_reachable_auc", reachable.auc());
    }
    if (negativeKeepRate < 1 || !reachable.auc().isEmpty()) {
      print.printf(
          "%npredicted / observed positives%n%s%n", Reachable.calibrationTable(before, tested));
    }
    Map<String, Object> uncorrected = new LinkedHashMap<>();
    before.tasks().keySet().forEach(t -> uncorrected.put(t, before.calibrationRatio(t)));
    json.put("calibration_ratio_uncorrected", uncorrected);
  }

  /** The named recipe, with what the options change of it. */
  private Recipe recipe() {
    try {
      if (!(negativeKeepRate > 0 && negativeKeepRate <= 1)) {
        throw new IllegalArgumentException(
            "--negative-keep-rate must be in (0, 1], but was " + negativeKeepRate);
      }
      Recipe changed = Recipe.of(recipe);
      changed = tower.isEmpty() ? changed : changed.tower(tower);
      changed = embeddingWidth.map(changed::embeddingWidth).orElse(changed);
      changed = taskWeighting.map(LossChoice::named).map(changed::loss).orElse(changed);
      changed = changed.options(options(changed.options()));
      return changed;
    } catch (IllegalArgumentException | UnknownNameException e) {
      throw data.misuse(e.getMessage());
    }
  }

  private TrainerOptions options(TrainerOptions of) {
    TrainerOptions options = of.precision(precision).seed(common.seed());
    options = epochs.map(options::epochs).orElse(options);
    options = batchSize.map(options::batchSize).orElse(options);
    if (featureDropout.isPresent()) {
      options =
          options.featureDropout(
              new FeatureDropout(featureDropout.get(), FeatureLossCommand.groups(featureGroups)));
    }
    if (learningRate.isPresent()) {
      double rate = learningRate.get();
      options = options.learningRate(rate).tables(options.tables().learningRate(rate));
    }
    if (monitor.isPresent()) {
      int patience = options.stopping().patience();
      EarlyStopping on =
          switch (monitor.get()) {
            case MEAN -> EarlyStopping.onMean();
            case EACH -> EarlyStopping.onEach();
            default -> EarlyStopping.on(monitor.get());
          };
      options = options.stopping(on.patience(patience));
    }
    return options.kernels(options.kernels(), threads);
  }

  private Optional<Checkpoints> checkpoints() {
    if (checkpointEvery.isPresent() && checkpoint.isEmpty()) {
      throw data.misuse("--checkpoint-every goes with --checkpoint");
    }
    try {
      Optional<Checkpoints> inFolder = checkpoint.map(Checkpoints::in);
      return checkpointEvery.isEmpty()
          ? inFolder
          : inFolder.map(each -> each.everyBatches(checkpointEvery.get()));
    } catch (IllegalArgumentException e) {
      throw data.misuse(e.getMessage());
    }
  }

  private Network network(Recipe chosen, ExampleData example) {
    TaskGraph tasks =
        model.equals(Models.SINGLE_HEAD)
            ? TaskGraph.of(Models.singleHead(example.tasks()).task())
            : example.tasks();
    try {
      return Network.of(example.schema(), Models.architecture(model, chosen), tasks)
          .embeddingWidth(chosen.embeddingWidth());
    } catch (IllegalArgumentException | UnknownNameException e) {
      throw data.misuse(e.getMessage());
    }
  }

  private static Map<String, Object> epoch(EpochReport report) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("epoch", report.epoch());
    values.put("training_loss", report.trainingLoss());
    values.put("validation_auc", report.quality());
    values.put("seconds", report.seconds());
    return values;
  }
}
