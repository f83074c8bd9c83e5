package io.ranking4j.examples.cli;

import io.ranking4j.runtime.publish.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rollback}: makes the version before the current one current again. */
@Command(name = "rollback", description = "Makes the model before the current one current again.")
final class RollbackCommand implements Callable<Integer> {
  @Mixin private final ModelDirectoryOption models = new ModelDirectoryOption();

  @Override
  public Integer call() throws IOException {
    ModelVersion version = models.directory().rollback();
    PrintWriter print = models.out();
    print.println(version + " is current again");
    print.flush();
    return 0;
  }
}
