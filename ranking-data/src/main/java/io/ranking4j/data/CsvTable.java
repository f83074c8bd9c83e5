package io.ranking4j.data;

import io.ranking4j.error.DataException;
import io.ranking4j.error.RankingException;
import io.ranking4j.error.UnknownNameException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * CSV files as something to select from. Types are settled once, here, so that no query guesses
 * again, and so that a file whose columns stand in another order is noticed.
 */
final class CsvTable {
  private static final Set<String> NUMBERS = Set.of("BIGINT", "DOUBLE");

  private final CsvOptions options;
  private final List<Path> files;

  CsvTable(CsvOptions options, List<Path> files) {
    this.options = options;
    this.files = files;
  }

  /** Checks the files, and gives the statement that reads them. */
  String scan(LogDatabase database) {
    Map<String, String> types = new LinkedHashMap<>();
    for (Path file : files) {
      if (options.verifyGzip() && TextFiles.isGzip(file)) {
        TextFiles.verify(file);
      }
      Map<String, String> own = guess(database, file);
      if (types.isEmpty()) {
        types.putAll(own);
      } else if (!List.copyOf(own.keySet()).equals(List.copyOf(types.keySet()))) {
        throw new DataException(
            "file "
                + file
                + " has the columns "
                + own.keySet()
                + ", but "
                + files.get(0)
                + " has "
                + types.keySet());
      } else {
        own.forEach((column, type) -> types.merge(column, type, CsvTable::common));
      }
    }
    for (Map.Entry<String, String> given : options.types().entrySet()) {
      if (types.replace(given.getKey(), given.getValue()) == null) {
        throw new UnknownNameException("column", given.getKey(), types.keySet());
      }
    }
    return read(files, columns(types));
  }

  /** The type that holds what files hold whose types were guessed differently. */
  private static String common(String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    return NUMBERS.contains(one) && NUMBERS.contains(other) ? "DOUBLE" : "VARCHAR";
  }

  private Map<String, String> guess(LogDatabase database, Path file) {
    int fields = TextFiles.fieldsOfFirstLine(file, options.delimiter());
    if (!options.names().isEmpty() && fields != options.names().size()) {
      throw new DataException(
          "file "
              + file
              + ", line 1: expected "
              + options.names().size()
              + " fields, "
              + options.names()
              + ", but there were "
              + fields);
    }
    String guessing = read(List.of(file), guessing());
    Map<String, String> types;
    try {
      types = database.describe("file " + file, guessing);
    } catch (RankingException e) {
      throw explained(database, file, fields, e);
    }
    if (types.size() != fields) {
      // A line with more fields than the first one makes the database think of more columns.
      DataException unexplained =
          new DataException(
              "file "
                  + file
                  + ": expected "
                  + fields
                  + " fields a line, but found "
                  + types.size());
      throw explained(database, file, fields, unexplained);
    }
    return types;
  }

  /**
   * Where guessing types fails, the database does not say where. Reading all as text does, if the
   * fault is a line with too few or too many fields.
   */
  private RankingException explained(
      LogDatabase database, Path file, int fields, RankingException unexplained) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < fields; i++) {
      texts.put("c" + i, "VARCHAR");
    }
    try {
      database.hasRows(
          "file " + file, "SELECT count(*) FROM (" + read(List.of(file), columns(texts)) + ")");
      return unexplained;
    } catch (RankingException explained) {
      return explained;
    }
  }

  private String guessing() {
    StringJoiner names = new StringJoiner(", ", "[", "]");
    options.names().forEach(name -> names.add(Sql.text(name)));
    return "sample_size = "
        + options.sampleRows()
        + (options.names().isEmpty() ? "" : ", names = " + names);
  }

  private static String columns(Map<String, String> types) {
    StringJoiner columns = new StringJoiner(", ", "{", "}");
    types.forEach((name, type) -> columns.add(Sql.text(name) + ": " + Sql.text(type)));
    return "auto_detect = false, columns = " + columns;
  }

  private String read(List<Path> paths, String more) {
    List<String> parts = new ArrayList<>();
    parts.add(Sql.paths(paths));
    parts.add("header = " + options.names().isEmpty());
    parts.add("delim = " + Sql.text(String.valueOf(options.delimiter())));
    parts.add("quote = '\"', escape = '\"', comment = '', skip = 0");
    parts.add("nullstr = " + nulls());
    parts.add(more);
    return "SELECT * FROM read_csv(" + String.join(", ", parts) + ")";
  }

  private String nulls() {
    return "['', " + options.nullText().map(Sql::text).orElse("''") + "]";
  }
}
