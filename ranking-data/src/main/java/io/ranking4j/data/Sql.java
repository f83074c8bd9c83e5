package io.ranking4j.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Names, texts and paths as SQL: all that goes into a statement from outside goes through here. */
final class Sql {
  private Sql() {}

  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }

  static String paths(List<Path> files) {
    return files.stream()
        .map(file -> text(file.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** The query as something to select from; a comment at its end must not swallow the bracket. */
  static String from(String query) {
    String trimmed = query.strip();
    while (trimmed.endsWith(";")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1).strip();
    }
    return " FROM (\n" + trimmed + "\n)";
  }
}
