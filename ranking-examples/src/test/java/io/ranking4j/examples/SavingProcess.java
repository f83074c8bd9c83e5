package io.ranking4j.examples;

import io.ranking4j.runtime.RankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that saves two models to the same file in turn, until it is killed. */
final class SavingProcess {
  private SavingProcess() {}

  /**
   * Never ends by itself.
   *
   * @param arguments the files of two models, and the file to write
   */
  public static void main(String[] arguments) throws IOException {
    List<RankingModel> models =
        List.of(RankingModel.load(Path.of(arguments[0])), RankingModel.load(Path.of(arguments[1])));
    Path file = Path.of(arguments[2]);
    for (int i = 0; true; i++) {
      models.get(i % 2).save(file);
    }
  }
}
