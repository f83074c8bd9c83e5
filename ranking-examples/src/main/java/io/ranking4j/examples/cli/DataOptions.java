package io.ranking4j.examples.cli;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.CensusExample;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.data.KuaiRandExample;
import io.ranking4j.examples.data.KuaiRandInputs;
import io.ranking4j.examples.data.SimulatedExample;
import io.ranking4j.examples.data.TaskLinks;
import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which data. */
final class DataOptions extends Console {
  private static final String KUAIRAND = "kuairand";
  private static final List<String> NAMES = List.of("simulated", KUAIRAND, "census");

  /** Where the trainer notes its seed in a model's provenance. */
  private static final String SEED = "seed";

  @Option(
      names = "--dataset",
      description =
          "simulated, kuairand or census (default: simulated, or kuairand where there is --data).",
      paramLabel = "NAME")
  Optional<String> named = Optional.empty();

  @Option(names = "--data", description = "The folder of a real log.", paramLabel = "DIR")
  Optional<Path> folder = Optional.empty();

  @Option(
      names = "--train",
      description = "The log to train on (kuairand; default: log_train_*.csv.gz of --data).",
      paramLabel = "FILE")
  Optional<Path> train = Optional.empty();

  @Option(
      names = "--test",
      description = "The log to test on (kuairand; default: log_test_*.csv.gz of --data).",
      paramLabel = "FILE")
  Optional<Path> test = Optional.empty();

  @Option(
      names = "--tasks",
      split = ",",
      description =
          "What to predict (default: is_click,long_view,is_profile_enter,is_like for kuairand, all"
              + " there is for the others).",
      paramLabel = "TASK")
  List<String> tasks = List.of();

  @Option(
      names = "--links",
      description =
          "The task that a task builds on, as child=parent,... or none (default: a chain in the"
              + " order of --tasks; for the simulator's own tasks its funnel; none for census).",
      paramLabel = "LINKS")
  Optional<String> links = Optional.empty();

  @Option(
      names = "--no-rates",
      description = "Without rates of earlier days as features (kuairand).")
  boolean noRates;

  @Mixin SimulatorArguments simulator = new SimulatorArguments();

  /** A folder that is named is meant to be read: it must not be passed over for the simulator. */
  String dataset() {
    return named.orElse(folder.isPresent() ? KUAIRAND : "simulated");
  }

  /** A log that is named without its folder is looked for in there. */
  private Optional<Path> log(Optional<Path> file) {
    return file.map(
        path ->
            Files.exists(path)
                ? path
                : folder.map(in -> in.resolve(path)).filter(Files::exists).orElse(path));
  }

  /** The data that the options name, with the features of the default recipe. */
  ExampleData open(long seed) {
    return open(seed, KuaiRandInputs.DEFAULT);
  }

  /**
   * The data that the options name.
   *
   * @param inputs which features it has, where it is a real log
   */
  ExampleData open(long seed, KuaiRandInputs inputs) {
    String dataset = dataset();
    Optional<TaskLinks> parsed = links.map(this::parse);
    return switch (dataset) {
      case "simulated" -> new SimulatedExample(simulator.options(seed), tasks, parsed);
      case KUAIRAND ->
          new KuaiRandExample(
              folder(),
              log(train),
              log(test),
              tasks,
              parsed.orElseGet(TaskLinks.Chain::new),
              noRates ? inputs.rates(false, false) : inputs);
      case "census" ->
          new CensusExample(
              folder(), tasks, parsed.orElseGet(() -> TaskLinks.parse(TaskLinks.NONE)), seed);
      default -> throw misuse(new UnknownNameException("dataset", dataset, NAMES).getMessage());
    };
  }

  /**
   * The data to use a model on, with the seed of its training: it decides the simulated world, and
   * which people of the census are not for training. Another seed would measure on another world,
   * or on rows that the model has learned.
   *
   * @throws CommandLine.ParameterException where another seed is asked for and matters
   */
  ExampleData openFor(RankingModel model, CommonOptions common) {
    Optional<Long> trained = trainingSeed(model);
    if (trained.isEmpty()) {
      return open(common.seed());
    }
    long seed = common.givenSeed.orElse(trained.get());
    if (seed != trained.get() && !dataset().equals(KUAIRAND)) {
      throw misuse(
          "--seed must be "
              + trained.get()
              + ", with which the model was trained, but was "
              + seed
              + ": on data set '"
              + dataset()
              + "' another seed gives other data than the model's test rows");
    }
    return open(seed);
  }

  private static Optional<Long> trainingSeed(RankingModel model) {
    return model
        .provenance()
        .get(SEED)
        .map(
            text -> {
              try {
                return Long.valueOf(text);
              } catch (NumberFormatException e) {
                throw new DataException(
                    "the model's provenance has a seed that must be a whole number, but was '"
                        + text
                        + "'",
                    e);
              }
            });
  }

  private TaskLinks parse(String text) {
    try {
      return TaskLinks.parse(text);
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }

  private Path folder() {
    return folder.orElseThrow(
        () -> misuse("data set '" + dataset() + "' needs --data, the folder of its files"));
  }

  /** Reads a model, naming the file where it is not there. */
  static RankingModel load(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DataException("model file " + file + " does not exist or is no regular file");
    }
    return RankingModel.load(file);
  }
}
