package io.ranking4j.runtime.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that publishes, to be killed. */
final class PublishingProcess {
  private PublishingProcess() {}

  /** Publishes so many models into a folder. */
  public static void main(String[] arguments) throws IOException {
    ModelDirectory directory = ModelDirectory.of(Path.of(arguments[0])).retain(3);
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      directory.publish(TestModels.model(i));
    }
  }

  static Process start(Path folder, int models) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PublishingProcess.class.getName(),
                folder.toString(),
                Integer.toString(models)))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolveSibling("process.log").toFile())
        .start();
  }
}
