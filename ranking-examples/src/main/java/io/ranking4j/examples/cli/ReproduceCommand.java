package io.ranking4j.examples.cli;

import io.ranking4j.examples.reproduce.ReproduceOptions;
import io.ranking4j.examples.reproduce.Reproduction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reproduce}: makes the tables of results again. */
@Command(
    name = "reproduce",
    description = {
      "Trains and measures every experiment of the tables of results.",
      "Goes on where it stopped when it is called again with the same folder."
    })
final class ReproduceCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();

  @Option(
      names = "--data",
      description =
          "The folder with the folders kuairand-pure and census-income; without it the tables of"
              + " the simulator are made.",
      paramLabel = "DIR")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--out",
      required = true,
      description = "Where runs and tables are kept.",
      paramLabel = "FOLDER")
  private Path out = Path.of("");

  @Option(
      names = "--only",
      split = ",",
      description = "These tables only, by their letters (default: all).",
      paramLabel = "TABLE")
  private List<String> only = List.of();

  @Option(
      names = "--seeds",
      description = "Runs of each experiment (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int seeds = ReproduceOptions.DEFAULT_SEEDS;

  @Option(
      names = "--threads",
      description =
          "Runs at once, each on one thread; results do not depend on it (default: one for each"
              + " processor).",
      paramLabel = "N")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--epochs",
      description = "Most passes over the training data (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int epochs = ReproduceOptions.DEFAULT_EPOCHS;

  @Option(
      names = "--simulated-rows",
      description = "Rows of a simulated log to learn from (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int simulatedRows = ReproduceOptions.DEFAULT_SIMULATED_ROWS;

  @Option(names = CommonOptions.VERBOSE, description = "Show where an error comes from.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Override
  public Integer call() throws IOException {
    ReproduceOptions options;
    try {
      options = new ReproduceOptions(data, out, only, seeds, threads, epochs, simulatedRows);
    } catch (IllegalArgumentException e) {
      throw console.misuse(e.getMessage());
    }
    Reproduction.run(options, console.out());
    return 0;
  }
}
