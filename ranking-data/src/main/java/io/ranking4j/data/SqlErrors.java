package io.ranking4j.data;

import io.ranking4j.error.DataException;
import io.ranking4j.error.RankingException;
import io.ranking4j.error.UnknownNameException;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what the database says into the project's own exceptions, with what a user needs. */
final class SqlErrors {
  private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
  private static final Pattern FILE = Pattern.compile("(?m)^\\s*file = (.*)$");
  private static final Pattern RAGGED =
      Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");
  private static final Pattern CONVERSION =
      Pattern.compile(
          "Error when converting column \"(.*?)\"\\. Could not convert string \"(.*?)\" to '(.*?)'",
          Pattern.DOTALL);
  private static final Pattern COLUMN = Pattern.compile("Referenced column \"(.*?)\" not found");
  private static final Pattern QUALIFIED =
      Pattern.compile("\"([^\"]*)\" does not have a column named \"(.*?)\"");
  private static final Pattern TABLE = Pattern.compile("Table with name (.*?) does not exist");

  private SqlErrors() {}

  /**
   * Translates.
   *
   * @param what what was being done, for messages of an unknown kind: {@code "the query"}
   * @param tables the columns of every table by name
   */
  static RankingException of(String what, SQLException error, Map<String, List<String>> tables) {
    String message = String.valueOf(error.getMessage());
    Matcher line = LINE.matcher(message);
    if (line.find()) {
      Matcher file = FILE.matcher(message);
      String place = (file.find() ? file.group(1).strip() : what) + ", line " + line.group(1);
      return new DataException(place + ": " + csvFault(message), error);
    }
    Matcher column = COLUMN.matcher(message);
    if (column.find()) {
      Set<String> known = new LinkedHashSet<>();
      tables.values().forEach(known::addAll);
      return caused(new UnknownNameException("column", column.group(1), known), error);
    }
    Matcher qualified = QUALIFIED.matcher(message);
    if (qualified.find()) {
      List<String> known = tables.getOrDefault(qualified.group(1), List.of());
      return caused(new UnknownNameException("column", qualified.group(2), known), error);
    }
    Matcher table = TABLE.matcher(message);
    if (table.find()) {
      return caused(new UnknownNameException("table", table.group(1), tables.keySet()), error);
    }
    return new DataException(what + " failed: " + essence(message), error);
  }

  private static String csvFault(String message) {
    Matcher ragged = RAGGED.matcher(message);
    if (ragged.find()) {
      return "expected " + ragged.group(1) + " fields, but there were " + ragged.group(2);
    }
    Matcher conversion = CONVERSION.matcher(message);
    if (conversion.find()) {
      return "column '"
          + conversion.group(1)
          + "' must be "
          + conversion.group(3)
          + ", as the rows before it, but was '"
          + conversion.group(2)
          + "'; where it should be text, give the column the type VARCHAR";
    }
    return essence(message);
  }

  /** Without the database's own advice, which speaks of options that are not ours. */
  static String essence(String message) {
    int end = message.indexOf("Possible ");
    return (end < 0 ? message : message.substring(0, end)).strip();
  }

  private static RankingException caused(RankingException exception, SQLException cause) {
    // These exceptions take no cause; what the database said must not be lost all the same.
    exception.addSuppressed(cause);
    return exception;
  }
}
