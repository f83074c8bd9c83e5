package io.ranking4j.examples;

import io.ranking4j.examples.report.TextTable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What the examples print with. */
final class Output {
  private Output() {}

  /** Standard output. */
  static PrintWriter console() {
    return new PrintWriter(System.out, true, StandardCharsets.UTF_8);
  }

  /** Predictions in a line. */
  static String predictions(Map<String, Double> predictions) {
    return predictions.entrySet().stream()
        .map(entry -> entry.getKey() + " " + TextTable.format(entry.getValue()))
        .collect(Collectors.joining("  "));
  }
}
