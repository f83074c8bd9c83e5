package io.ranking4j.examples.reproduce;

import io.ranking4j.nn.training.TrainerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be reproduced.
 *
 * @param data the folder with the folders {@code kuairand-pure} and {@code census-income}; empty
 *     for the tables of the simulator alone
 * @param out the folder of runs and tables
 * @param only the tables, by their letters; empty for all
 * @param seeds runs of each experiment, at least 1
 * @param threads runs at once, at least 1; each takes one thread
 * @param epochs most passes over the training rows, at least 1
 * @param simulatedRows rows of a simulated log to learn from, at least 100
 */
public record ReproduceOptions(
    Optional<Path> data,
    Path out,
    List<String> only,
    int seeds,
    int threads,
    int epochs,
    int simulatedRows) {
  /** Runs of each experiment when nothing else is said. */
  public static final int DEFAULT_SEEDS = 5;

  /** Most passes over the training rows when nothing else is said. */
  public static final int DEFAULT_EPOCHS = TrainerOptions.DEFAULT_EPOCHS;

  /** Rows of a simulated log to learn from when nothing else is said. */
  public static final int DEFAULT_SIMULATED_ROWS = 200_000;

  private static final int LEAST_SIMULATED_ROWS = 100;

  /** Checks the numbers. */
  public ReproduceOptions {
    only = List.copyOf(only);
    atLeast("seeds", 1, seeds);
    atLeast("threads", 1, threads);
    atLeast("epochs", 1, epochs);
    atLeast("simulated rows", LEAST_SIMULATED_ROWS, simulatedRows);
  }

  private static void atLeast(String name, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " must be at least " + least + ", but was " + value);
    }
  }

  /** The command that does the same, but for the tables. */
  String command() {
    List<String> words =
        new ArrayList<>(
            List.of("java -jar ranking-examples/target/ranking-examples.jar reproduce"));
    if (data.isPresent()) {
      words.add("--data DIR");
    }
    words.add("--out FOLDER --seeds " + seeds);
    if (epochs != DEFAULT_EPOCHS) {
      words.add("--epochs " + epochs);
    }
    if (simulatedRows != DEFAULT_SIMULATED_ROWS) {
      words.add("--simulated-rows " + simulatedRows);
    }
    return String.join(" ", words);
  }
}
