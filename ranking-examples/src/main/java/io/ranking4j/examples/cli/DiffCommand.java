package io.ranking4j.examples.cli;

import io.ranking4j.examples.report.JsonFile;
import io.ranking4j.examples.report.ModelFacts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}: says in what two model files differ. */
@Command(
    name = "diff",
    description = "Shows in what two models differ.",
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();

  @Parameters(index = "0", paramLabel = "FILE", description = "A model file.")
  private Path one = Path.of("");

  @Parameters(index = "1", paramLabel = "OTHER", description = "Another model file.")
  private Path other = Path.of("");

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the same as JSON.")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    Map<String, ModelFacts.Difference> differences =
        ModelFacts.differences(DataOptions.load(one), DataOptions.load(other));
    PrintWriter print = console.out();
    differences.forEach(
        (name, difference) -> {
          print.println(name);
          print.println("  - " + difference.one());
          print.println("  + " + difference.other());
        });
    if (differences.isEmpty()) {
      print.println("the models are the same");
    }
    print.flush();
    if (json != null) {
      Map<String, Object> content = new LinkedHashMap<>();
      differences.forEach(
          (name, difference) ->
              content.put(name, Map.of("one", difference.one(), "other", difference.other())));
      JsonFile.write(json, content);
    }
    return 0;
  }
}
