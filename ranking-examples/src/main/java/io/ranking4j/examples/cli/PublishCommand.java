package io.ranking4j.examples.cli;

import io.ranking4j.runtime.publish.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code publish}: makes a model file the current version of a folder. */
@Command(name = "publish", description = "Makes a model the current version of a folder.")
final class PublishCommand implements Callable<Integer> {
  @Mixin private final ModelDirectoryOption models = new ModelDirectoryOption();

  @Parameters(index = "0", paramLabel = "FILE", description = "A model file.")
  private Path modelFile = Path.of("");

  @Override
  public Integer call() throws IOException {
    ModelVersion version = models.directory().publish(DataOptions.load(modelFile));
    PrintWriter print = models.out();
    print.println(version + " is current");
    print.flush();
    return 0;
  }
}
