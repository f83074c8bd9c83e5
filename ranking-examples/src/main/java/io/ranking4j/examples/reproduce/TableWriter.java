package io.ranking4j.examples.reproduce;

import io.ranking4j.examples.report.JsonFile;
import io.ranking4j.examples.reproduce.ResultTable.Column;
import io.ranking4j.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes a table as Markdown and as JSON. */
final class TableWriter {
  private final Path folder;

  TableWriter(Path folder) {
    this.folder = folder;
  }

  /** The mean and the standard deviation (n - 1) of what is defined. */
  private record Spread(double mean, double deviation, List<Double> values) {
    static Spread of(List<RunResult> runs, Column column) {
      List<Double> values =
          runs.stream()
              .map(run -> run.metric(column.metric()) * column.factor())
              .filter(value -> !value.isNaN())
              .toList();
      double mean = values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      double deviation = values.size() < 2 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
      return new Spread(mean, deviation, values);
    }
  }

  /**
   * Writes both files.
   *
   * @param table the table
   * @param runs the finished runs of each experiment, by its name
   * @param command what makes it again
   */
  void write(ResultTable table, Map<String, List<RunResult>> runs, String command)
      throws IOException {
    Files.createDirectories(folder);
    AtomicFile.writeString(folder.resolve(table.id() + ".md"), markdown(table, runs, command));
    JsonFile.write(folder.resolve(table.id() + ".json"), json(table, runs, command));
  }

  /** The table as text. */
  static String markdown(ResultTable table, Map<String, List<RunResult>> runs, String command) {
    StringBuilder text = new StringBuilder("## " + table.title() + "\n\n" + table.text() + "\n\n");
    text.append("```\n").append(command).append("\n```\n\n");
    List<String> header = new ArrayList<>(List.of("", "seeds"));
    table.columns().forEach(column -> header.add(column.header()));
    header.add("best epoch");
    line(text, header);
    line(text, Collections.nCopies(header.size(), "---"));
    for (ResultTable.Reference reference : table.references()) {
      List<String> cells = new ArrayList<>(List.of("*" + reference.name() + "*", ""));
      for (Column column : table.columns()) {
        double value = reference.values().getOrDefault(column.metric(), Double.NaN);
        cells.add(column.relativeTo().isPresent() ? "" : number(value * column.factor(), column));
      }
      cells.add("");
      line(text, cells);
    }
    for (Experiment experiment : table.experiments()) {
      List<RunResult> all = runs(runs, experiment.name());
      List<String> cells =
          new ArrayList<>(List.of(experiment.name(), Long.toString(finished(all))));
      table.columns().forEach(column -> cells.add(cell(all, column, runs)));
      cells.add(
          String.format(
              Locale.ROOT,
              "%.1f",
              all.stream().mapToInt(RunResult::bestEpoch).average().orElse(Double.NaN)));
      line(text, cells);
    }
    for (Map.Entry<String, List<RunResult>> entry : runs.entrySet()) {
      for (RunResult run : entry.getValue()) {
        run.failure()
            .ifPresent(
                why ->
                    text.append("\nNo model of ")
                        .append(entry.getKey())
                        .append(" with seed ")
                        .append(run.seed())
                        .append(": ")
                        .append(why)
                        .append('\n'));
      }
    }
    return text.toString();
  }

  private static long finished(List<RunResult> runs) {
    return runs.stream().filter(run -> run.failure().isEmpty()).count();
  }

  private static String cell(
      List<RunResult> all, Column column, Map<String, List<RunResult>> runs) {
    Spread spread = Spread.of(all, column);
    if (column.relativeTo().isPresent()) {
      double base = Spread.of(runs(runs, column.relativeTo().get()), column).mean();
      double percent = 100 * (spread.mean() / base - 1);
      return Double.isNaN(percent) ? "-" : String.format(Locale.ROOT, "%+.1f%%", percent);
    }
    String mean = number(spread.mean(), column);
    boolean alone = Double.isNaN(spread.deviation()) || spread.deviation() == 0;
    return alone ? mean : mean + " ± " + number(spread.deviation(), column);
  }

  private static String number(double value, Column column) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, "%." + column.digits() + "f", value);
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static List<RunResult> runs(Map<String, List<RunResult>> runs, String experiment) {
    return Objects.requireNonNullElse(runs.get(experiment), List.of());
  }

  private static Map<String, Object> json(
      ResultTable table, Map<String, List<RunResult>> runs, String command) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("id", table.id());
    content.put("title", table.title());
    content.put("command", command);
    Map<String, Object> references = new LinkedHashMap<>();
    table.references().forEach(line -> references.put(line.name(), line.values()));
    content.put("references", references);
    List<Object> lines = new ArrayList<>();
    for (Experiment experiment : table.experiments()) {
      List<RunResult> all = runs(runs, experiment.name());
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("name", experiment.name());
      line.put("seeds", all.stream().map(RunResult::seed).toList());
      line.put("best_epochs", all.stream().map(RunResult::bestEpoch).toList());
      Map<String, Object> metrics = new LinkedHashMap<>();
      for (Column column : table.columns()) {
        if (column.relativeTo().isEmpty()) {
          Spread spread = Spread.of(all, column);
          Map<String, Object> values = new LinkedHashMap<>();
          values.put("mean", spread.mean());
          values.put("standard_deviation", spread.deviation());
          values.put("values", spread.values());
          metrics.put(column.header(), values);
        }
      }
      line.put("metrics", metrics);
      lines.add(line);
    }
    content.put("lines", lines);
    return content;
  }
}
