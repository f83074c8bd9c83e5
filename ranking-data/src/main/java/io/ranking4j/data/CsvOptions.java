package io.ranking4j.data;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How CSV files are written. Fields may be quoted with {@code "}, a quote within is doubled. Types
 * that are not given are guessed from the first rows; a value further down that does not fit is an
 * error with its line. An identifier with leading zeros needs its type given as {@code VARCHAR}, or
 * loses them.
 *
 * @param delimiter between fields
 * @param names the columns of files without a header; empty for files that have one
 * @param types SQL types by column, for example {@code VARCHAR}
 * @param nullText a text that means a missing value, beside an empty field
 * @param sampleRows how many rows types are guessed from; -1 for all
 * @param verifyGzip whether the checksums of gzip files are verified when the table is named, which
 *     reads them once more. The database itself does not, and would read altered data in silence
 */
public record CsvOptions(
    char delimiter,
    List<String> names,
    Map<String, String> types,
    Optional<String> nullText,
    int sampleRows,
    boolean verifyGzip) {
  /** The delimiter when nothing else is said. */
  public static final char DEFAULT_DELIMITER = ',';

  /** How many rows types are guessed from when nothing else is said. */
  public static final int DEFAULT_SAMPLE_ROWS = 100_000;

  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_ (),\\[\\]]+");

  /** Copies the names and types, and refuses what is no type. */
  public CsvOptions {
    names = List.copyOf(names);
    types = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(types));
    types.forEach(
        (column, type) -> {
          if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                "the type of column '" + column + "' must be one of SQL, but was '" + type + "'");
          }
        });
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new IllegalArgumentException(
          "the delimiter must not be a quote or a line break, but was character "
              + (int) delimiter);
    }
    if (sampleRows < 1 && sampleRows != -1) {
      throw new IllegalArgumentException(
          "sampleRows must be at least 1, or -1 for all, but was " + sampleRows);
    }
  }

  /** Commas, a header, all types guessed, gzip verified. */
  public static CsvOptions defaults() {
    return new CsvOptions(
        DEFAULT_DELIMITER, List.of(), Map.of(), Optional.empty(), DEFAULT_SAMPLE_ROWS, true);
  }

  /** With another delimiter. */
  public CsvOptions delimiter(char character) {
    return new CsvOptions(character, names, types, nullText, sampleRows, verifyGzip);
  }

  /** For files without a header, whose columns are called so. */
  public CsvOptions noHeader(List<String> columns) {
    return new CsvOptions(delimiter, columns, types, nullText, sampleRows, verifyGzip);
  }

  /** With the SQL type of a column. */
  public CsvOptions type(String column, String sqlType) {
    Map<String, String> more = new HashMap<>(types);
    more.put(column, sqlType);
    return new CsvOptions(delimiter, names, more, nullText, sampleRows, verifyGzip);
  }

  /** With a text that means a missing value, beside an empty field. */
  public CsvOptions nullText(String text) {
    return new CsvOptions(delimiter, names, types, Optional.of(text), sampleRows, verifyGzip);
  }

  /** With types guessed from so many rows, -1 for all. */
  public CsvOptions sampleRows(int rows) {
    return new CsvOptions(delimiter, names, types, nullText, rows, verifyGzip);
  }

  /** Without verifying gzip files, where somebody else has. */
  public CsvOptions trustGzip() {
    return new CsvOptions(delimiter, names, types, nullText, sampleRows, false);
  }
}
