package io.ranking4j.data;

import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is selected from a query so that each column can be read as what it is needed as. */
final class QueryPlan {
  private static final Set<String> WHOLE =
      Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER");
  private static final Set<String> FLOATING = Set.of("FLOAT", "DOUBLE");
  private static final Set<String> CAST_TO_NUMBER =
      Set.of("BOOLEAN", "HUGEINT", "UBIGINT", "UHUGEINT");
  private static final Pattern VECTOR = Pattern.compile("(?:FLOAT|DOUBLE)\\[(\\d+)]");
  private static final Pattern LIST = Pattern.compile("(.*)\\[\\d*]");

  private final List<Selected> selected = new ArrayList<>();
  private final char listDelimiter;
  private final String rows;
  private final String sql;

  /** Makes a reader for a column at a place in the result. */
  private interface ReaderMaker {
    ColumnReader make(int index, int capacity);
  }

  private record Selected(String name, String expression, ReaderMaker reader) {}

  /**
   * Plans.
   *
   * @param query what is read
   * @param types the SQL types of its columns by name
   * @param columns what is needed of them
   */
  QueryPlan(String query, Map<String, String> types, Columns columns) {
    this.listDelimiter = columns.listDelimiter();
    for (String needed : columns.kinds().keySet()) {
      if (!types.containsKey(needed)) {
        throw new UnknownNameException("column", needed, types.keySet());
      }
    }
    if (columns.others()) {
      types.forEach(
          (name, type) -> add(name, type, columns.kinds().getOrDefault(name, kindOf(type))));
    } else {
      columns.kinds().forEach((name, kind) -> add(name, types.getOrDefault(name, ""), kind));
    }
    List<String> expressions = new ArrayList<>();
    List<String> nothing = new ArrayList<>();
    for (Selected column : selected) {
      expressions.add(column.expression + " AS " + Sql.name(column.name));
      nothing.add("NULL");
    }
    this.rows = "SELECT " + String.join(", ", expressions) + Sql.from(query);
    this.sql =
        "SELECT *, false FROM (\n"
            + rows
            + "\n) UNION ALL SELECT "
            + String.join(", ", nothing)
            + ", true";
  }

  /**
   * What to run: the rows, and after them one whose last column, {@link #endIndex}, is true. The
   * driver may end a streaming result that failed on the way as if it were complete; only the last
   * row tells that it is.
   */
  String sql() {
    return sql;
  }

  /** The place of the column that is true in the row after the last, from 1. */
  int endIndex() {
    return selected.size() + 1;
  }

  /** A query that evaluates all of the same, and gives next to nothing. */
  String sqlThatFailsAlike() {
    List<String> all = new ArrayList<>();
    for (Selected column : selected) {
      all.add("max(hash(" + Sql.name(column.name) + "))");
    }
    return "SELECT " + String.join(", ", all) + Sql.from(rows);
  }

  /** Readers for its result, with room for so many rows at the start. */
  List<ColumnReader> readers(int capacity) {
    List<ColumnReader> readers = new ArrayList<>();
    for (Selected column : selected) {
      readers.add(column.reader.make(readers.size() + 1, capacity));
    }
    return readers;
  }

  /** What the readers collected. */
  static Dataset take(List<ColumnReader> readers) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (ColumnReader reader : readers) {
      columns.put(reader.name, reader.take());
    }
    Dataset.Builder builder = Dataset.builder();
    columns.forEach(builder::column);
    return builder.build();
  }

  private static ColumnKind kindOf(String type) {
    Matcher vector = VECTOR.matcher(type);
    if (vector.matches()) {
      return new ColumnKind.Vector(Integer.parseInt(vector.group(1)));
    }
    if (LIST.matcher(type).matches()) {
      return ColumnKind.list();
    }
    boolean number =
        WHOLE.contains(type)
            || FLOATING.contains(type)
            || CAST_TO_NUMBER.contains(type)
            || type.startsWith("DECIMAL")
            || type.equals("DATE")
            || type.startsWith("TIMESTAMP");
    return number ? ColumnKind.number() : ColumnKind.category();
  }

  private void add(String name, String type, ColumnKind kind) {
    String column = Sql.name(name);
    if (kind instanceof ColumnKind.Numeric number) {
      boolean text = type.equals("VARCHAR") || type.startsWith("ENUM");
      String expression = text ? "CAST(" + column + " AS VARCHAR)" : asNumber(name, type, kind);
      selected.add(
          new Selected(
              name,
              expression,
              (index, capacity) -> new NumberReader(name, index, number, text, capacity)));
    } else if (kind instanceof ColumnKind.Vector vector) {
      if (!LIST.matcher(type).matches()) {
        throw wrongType(name, type, kind, "a LIST or ARRAY of numbers");
      }
      selected.add(
          new Selected(
              name,
              "CAST(" + column + " AS FLOAT[])",
              (index, capacity) ->
                  new VectorReader(name, index, vector.width(), Math.min(capacity, 1 << 12))));
    } else if (kind instanceof ColumnKind.CategoryList) {
      addList(name, type, kind);
    } else {
      addCategory(name, type, kind);
    }
  }

  private static String asNumber(String name, String type, ColumnKind kind) {
    String column = Sql.name(name);
    if (WHOLE.contains(type) || FLOATING.contains(type)) {
      return column;
    }
    if (CAST_TO_NUMBER.contains(type) || type.startsWith("DECIMAL")) {
      return "CAST(" + column + " AS DOUBLE)";
    }
    if (type.equals("DATE")) {
      return "CAST(" + column + " - DATE '1970-01-01' AS DOUBLE)";
    }
    if (type.startsWith("TIMESTAMP")) {
      return "epoch(" + column + ")";
    }
    throw wrongType(name, type, kind, "a number, BOOLEAN, DATE, TIMESTAMP or VARCHAR");
  }

  private void addList(String name, String type, ColumnKind kind) {
    Matcher list = LIST.matcher(type);
    boolean text = !list.matches();
    if (text && !isScalar(type)) {
      throw wrongType(name, type, kind, "a LIST, or VARCHAR with a delimiter");
    }
    String expression = Sql.name(name);
    if (text) {
      expression = "CAST(" + expression + " AS VARCHAR)";
    } else if (!isScalar(list.group(1))) {
      throw wrongType(name, type, kind, "a LIST of text or numbers");
    } else if (!WHOLE.contains(list.group(1)) && !FLOATING.contains(list.group(1))) {
      expression = "CAST(" + expression + " AS VARCHAR[])";
    } else {
      // An ARRAY becomes a LIST; floats as they are written, not as the nearest double.
      expression =
          "CAST("
              + expression
              + (FLOATING.contains(list.group(1)) ? " AS DOUBLE[])" : " AS BIGINT[])");
    }
    String chosen = expression;
    selected.add(
        new Selected(
            name,
            chosen,
            (index, capacity) -> new ListReader(name, index, text, listDelimiter, capacity)));
  }

  private void addCategory(String name, String type, ColumnKind kind) {
    if (!isScalar(type)) {
      throw wrongType(name, type, kind, "one value a row (or a multi-valued feature)");
    }
    String expression = Sql.name(name);
    CategoryReader.From from = CategoryReader.From.TEXT;
    if (WHOLE.contains(type)) {
      from = CategoryReader.From.WHOLE;
    } else if (FLOATING.contains(type)) {
      from = CategoryReader.From.FLOATING;
      if (type.equals("FLOAT")) {
        // 0.1 as it is written, not as the double nearest to the float.
        expression = "CAST(CAST(" + expression + " AS VARCHAR) AS DOUBLE)";
      }
    } else {
      expression = "CAST(" + expression + " AS VARCHAR)";
    }
    CategoryReader.From chosen = from;
    selected.add(
        new Selected(
            name,
            expression,
            (index, capacity) -> new CategoryReader(name, index, chosen, capacity)));
  }

  private static boolean isScalar(String type) {
    return !LIST.matcher(type).matches()
        && !type.startsWith("STRUCT")
        && !type.startsWith("MAP")
        && !type.startsWith("UNION")
        && !type.equals("BLOB");
  }

  private static DataException wrongType(
      String name, String type, ColumnKind kind, String expected) {
    return new DataException(
        "column '"
            + name
            + "' is read as "
            + kind.describe()
            + " and must be "
            + expected
            + ", but is "
            + type);
  }
}
