package io.ranking4j.examples.cli;

import io.ranking4j.data.simulator.ImpressionSimulator;
import io.ranking4j.data.simulator.SimulatedLog;
import io.ranking4j.data.simulator.SimulatorOptions;
import io.ranking4j.data.simulator.Split;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.examples.report.CsvFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simulate}: writes a simulated log with its true probabilities. */
@Command(
    name = "simulate",
    description = "Writes a simulated log as CSV, with the true probabilities beside the labels.")
final class SimulateCommand implements Callable<Integer> {
  /** What a column of true probabilities is called before the name of its task. */
  static final String TRUTH_PREFIX = "true_";

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final SimulatorArguments simulator = new SimulatorArguments();

  @Option(
      names = "--out",
      required = true,
      description = "The folder for train.csv, validation.csv and test.csv.",
      paramLabel = "DIR")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    SimulatorOptions options;
    try {
      options = simulator.options(common.seed());
    } catch (IllegalArgumentException e) {
      throw common.misuse(e.getMessage());
    }
    PrintWriter print = common.out();
    SimulatedLog log = ImpressionSimulator.simulate(options);
    Files.createDirectories(out);
    Map<String, Object> json = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      String name = split.name().toLowerCase(Locale.ROOT);
      Dataset rows = log.dataset(split);
      Map<String, Object> rates = new LinkedHashMap<>();
      for (String task : log.tasks().names()) {
        double[] labels = rows.column(task, NumericColumn.class).values();
        rates.put(task, Arrays.stream(labels).average().orElse(Double.NaN));
        rows = rows.with(TRUTH_PREFIX + task, NumericColumn.of(log.probability(split, task)));
      }
      Path file = out.resolve(name + ".csv");
      CsvFile.write(file, rows);
      print.printf("%s: %d rows%n", file, rows.rows());
      json.put(name, Map.of("file", file.toString(), "rows", rows.rows(), "rates", rates));
    }
    print.flush();
    common.writeJson(json);
    return 0;
  }
}
