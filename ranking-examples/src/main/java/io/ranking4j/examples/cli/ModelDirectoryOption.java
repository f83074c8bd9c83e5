package io.ranking4j.examples.cli;

import io.ranking4j.runtime.publish.ModelDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where models are published. */
@Command
final class ModelDirectoryOption extends Console {
  @Option(
      names = "--model-dir",
      required = true,
      description = "The folder that models are published in.",
      paramLabel = "DIR")
  private Path folder = Path.of("");

  @Option(
      names = "--retain",
      description = "How many versions stay when one is published (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int retained = ModelDirectory.DEFAULT_RETAINED;

  @Option(names = CommonOptions.VERBOSE, description = "Show where an error comes from.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  ModelDirectory directory() {
    try {
      return ModelDirectory.of(folder).retain(retained);
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }
}
