package io.ranking4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a suite: printed as they come, and written as JSON at the end. Not safe to share
 * between threads.
 */
public final class Report {
  private static final String LINE = "%-38s %-36s %10s %10s %7s";

  private final String suite;
  private final PrintWriter out;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, String> machine;

  /**
   * A figure.
   *
   * @param comparison the case: {@code "dense-400/onnxruntime"}
   * @param measure what was measured, with its unit: {@code "p50 us"}
   * @param ours our figure
   * @param theirs the peer's, null where there is none
   * @param ratio above 1 where ours is better, null where there is no peer
   */
  public record Row(
      String comparison,
      String measure,
      double ours,
      @Nullable Double theirs,
      @Nullable Double ratio) {
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("case", comparison);
      json.put("measure", measure);
      json.put("ours", ours);
      json.put("theirs", theirs);
      json.put("ratio", ratio);
      return json;
    }
  }

  /** An empty report on this machine, printed as it grows. */
  public Report(String suite, PrintWriter out) {
    this.suite = suite;
    this.out = out;
    this.machine = Machine.describe();
    machine.forEach((key, value) -> print("%-12s %s", key, value));
    print(LINE, "case", "measure", "ours", "theirs", "ratio");
  }

  /** Adds a figure of which less is better, such as a time. */
  public void less(String comparison, String measure, double ours, double theirs) {
    add(new Row(comparison, measure, ours, theirs, theirs / ours));
  }

  /** Adds a figure of which more is better, such as a throughput. */
  public void more(String comparison, String measure, double ours, double theirs) {
    add(new Row(comparison, measure, ours, theirs, ours / theirs));
  }

  /** Adds the median and the 99th percentile of the times of both, in microseconds. */
  public void times(String comparison, Comparison.Result result) {
    less(comparison, "p50 us", result.ours().median() / 1e3, result.theirs().median() / 1e3);
    less(comparison, "p99 us", result.ours().p99() / 1e3, result.theirs().p99() / 1e3);
    less(
        comparison,
        "p99 / p50",
        result.ours().p99() / result.ours().median(),
        result.theirs().p99() / result.theirs().median());
    List<Double> ratios = result.ratios().stream().sorted().toList();
    note(
        "ratios of %d pairs of blocks: least %.2f, median %.2f, most %.2f",
        ratios.size(), ratios.get(0), ratios.get(ratios.size() / 2), ratios.get(ratios.size() - 1));
  }

  /** Adds a figure that no peer has. */
  public void alone(String comparison, String measure, double ours) {
    add(new Row(comparison, measure, ours, null, null));
  }

  private void add(Row row) {
    rows.add(row);
    print(
        LINE,
        row.comparison(),
        row.measure(),
        number(row.ours()),
        number(row.theirs()),
        number(row.ratio()));
  }

  private static String number(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
  }

  /** Prints a remark, which is not part of the JSON. */
  public void note(String format, Object... values) {
    print("  " + format, values);
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /** The figures so far. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /**
   * Writes {@code {"suite", "machine", "rows": [{"case", "measure", "ours", "theirs", "ratio"}]}}.
   *
   * @throws IOException where the file cannot be written
   */
  public void write(Path file) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("suite", suite);
    json.put("machine", machine);
    json.put("rows", rows.stream().map(Row::json).toList());
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
  }
}
