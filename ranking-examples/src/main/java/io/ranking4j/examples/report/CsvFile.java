package io.ranking4j.examples.report;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes data sets as CSV: a header, commas, lists as texts with commas between, missing empty. */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Writes categories, numbers and lists of categories; an old file is overwritten.
   *
   * @throws DataException where a column holds something else
   * @throws IOException where the file cannot be written
   */
  public static void write(Path file, Dataset data) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      List<String> header = new ArrayList<>();
      data.columns().keySet().forEach(name -> header.add(quoted(name)));
      out.write(String.join(",", header));
      out.write('\n');
      List<Column> columns = List.copyOf(data.columns().values());
      for (int row = 0; row < data.rows(); row++) {
        for (int c = 0; c < columns.size(); c++) {
          if (c > 0) {
            out.write(',');
          }
          out.write(quoted(text(columns.get(c), row)));
        }
        out.write('\n');
      }
    }
  }

  private static String text(Column column, int row) {
    if (column instanceof CategoricalColumn categories) {
      @Nullable String value = categories.get(row);
      return value == null ? "" : value;
    }
    if (column instanceof ListColumn lists) {
      return String.join(",", lists.get(row));
    }
    if (column instanceof NumericColumn numbers) {
      double value = numbers.values()[row];
      if (numbers.isMissing(row)) {
        return "";
      }
      return value == Math.rint(value) && Math.abs(value) < 1L << 53
          ? Long.toString((long) value)
          : Double.toString(value);
    }
    throw new DataException("a CSV file cannot hold " + column.holds());
  }

  private static String quoted(String field) {
    boolean plain =
        field.indexOf(',') < 0
            && field.indexOf('"') < 0
            && field.indexOf('\n') < 0
            && field.indexOf('\r') < 0;
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
