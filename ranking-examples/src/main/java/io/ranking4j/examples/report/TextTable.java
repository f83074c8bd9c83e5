package io.ranking4j.examples.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table of text: the first column to the left, the others to the right, numbers with four digits.
 * Not safe to share between threads.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  /** Starts with a header. */
  public TextTable(List<String> header) {
    lines.add(List.copyOf(header));
  }

  /**
   * Adds a line: texts, whole numbers, and doubles, of which NaN is shown as a dash.
   *
   * @throws IllegalArgumentException where it has another number of cells than the header
   */
  public TextTable row(Object... cells) {
    if (cells.length != lines.get(0).size()) {
      throw new IllegalArgumentException(
          "a line must have " + lines.get(0).size() + " cells, but has " + cells.length);
    }
    List<String> line = new ArrayList<>();
    for (Object cell : cells) {
      line.add(cell instanceof Double number ? format(number) : String.valueOf(cell));
    }
    lines.add(line);
    return this;
  }

  /** A number as tables show it. */
  public static String format(double number) {
    return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%.4f", number);
  }

  /** The lines, without one at the end. */
  @Override
  public String toString() {
    int columns = lines.get(0).size();
    int[] width = new int[columns];
    for (List<String> line : lines) {
      for (int c = 0; c < columns; c++) {
        width[c] = Math.max(width[c], line.get(c).length());
      }
    }
    List<String> text = new ArrayList<>();
    for (List<String> line : lines) {
      StringBuilder out = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String pad = " ".repeat(width[c] - line.get(c).length());
        out.append(c == 0 ? line.get(c) + pad : GAP + pad + line.get(c));
      }
      text.add(out.toString().stripTrailing());
    }
    return String.join(System.lineSeparator(), text);
  }
}
