package io.ranking4j.examples.cli;

import io.ranking4j.examples.report.JsonFile;
import io.ranking4j.nn.training.TrainerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command has. */
final class CommonOptions extends Console {
  static final String VERBOSE = "--verbose";

  @Option(
      names = "--seed",
      description =
          "Decides all that is random (default: "
              + TrainerOptions.DEFAULT_SEED
              + "; with --model-file that of its training).",
      paramLabel = "N")
  Optional<Long> givenSeed = Optional.empty();

  @Option(names = "--json", description = "Write what was measured there.", paramLabel = "FILE")
  Optional<Path> json = Optional.empty();

  @Option(names = VERBOSE, description = "Show where an error comes from.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  /** The seed where there is no model that had one before. */
  long seed() {
    return givenSeed.orElse(TrainerOptions.DEFAULT_SEED);
  }

  /** Writes the file of {@code --json}, where one is asked for. */
  void writeJson(Map<String, ?> content) throws IOException {
    if (json.isPresent()) {
      JsonFile.write(json.get(), content);
    }
  }
}
