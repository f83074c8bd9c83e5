package io.ranking4j.examples.cli;

import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The model that a command is about. */
final class ModelOption {
  @Option(
      names = "--model-file",
      required = true,
      description = "A model that train has written.",
      paramLabel = "FILE")
  Path file = Path.of("");

  /** Reads it. */
  RankingModel load() throws IOException {
    return DataOptions.load(file);
  }
}
