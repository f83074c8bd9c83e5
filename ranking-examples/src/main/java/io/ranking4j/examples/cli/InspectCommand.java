package io.ranking4j.examples.cli;

import io.ranking4j.examples.report.JsonFile;
import io.ranking4j.examples.report.ModelFacts;
import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: says what a model file is, and where it comes from. */
@Command(
    name = "inspect",
    description = "Shows where a model comes from and what it reads.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();

  @Parameters(index = "0", paramLabel = "FILE", description = "A model file.")
  private Path modelFile = Path.of("");

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the same as JSON.")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    RankingModel model = DataOptions.load(modelFile);
    Map<String, String> facts = ModelFacts.of(model);
    PrintWriter print = console.out();
    facts.forEach((name, value) -> print.println(name + ": " + value));
    print.flush();
    if (json != null) {
      JsonFile.write(json, facts);
    }
    return 0;
  }
}
