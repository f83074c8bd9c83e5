package io.ranking4j.data;

import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.NumericFeature;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.schema.VectorFeature;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which columns of a query are read, and as what. Immutable and safe to share; the methods that add
 * columns return a changed copy.
 *
 * <ul>
 *   <li>Categories are read as text: whole numbers as their decimal digits, also where SQL has them
 *       as floating-point numbers (3.0 becomes {@code 3}), dates as {@code 2022-04-25}, everything
 *       else as SQL casts it to {@code VARCHAR}. A NULL is a missing value, an empty text is not.
 *   <li>Lists of categories come from a LIST column, or from text with a delimiter; spaces around
 *       an element are dropped, and so are empty elements.
 *   <li>Numbers are read as double: booleans as 0 and 1, a date as days and a time stamp as seconds
 *       since 1970, text as the number it spells. A NULL is a missing number.
 *   <li>Vectors come from a LIST or ARRAY of numbers.
 * </ul>
 */
public final class Columns {
  /** Between the elements of a list that is text, when nothing else is said. */
  public static final char DEFAULT_LIST_DELIMITER = ',';

  private final Map<String, ColumnKind> kinds;
  private final boolean others;
  private final char listDelimiter;

  private Columns(Map<String, ColumnKind> kinds, boolean others, char listDelimiter) {
    this.kinds = kinds;
    this.others = others;
    this.listDelimiter = listDelimiter;
  }

  /**
   * All columns of a query, each as its SQL type says: numbers, booleans, dates and time stamps as
   * numbers, ARRAYs of floating-point numbers as vectors, other LISTs as lists of categories, and
   * the rest as categories. Columns that are added are read as they are declared.
   */
  public static Columns bySqlType() {
    return new Columns(Map.of(), true, DEFAULT_LIST_DELIMITER);
  }

  /**
   * The columns of the features, without those of rates, which are counted ({@link RateCounts}),
   * but with the labels and keys that they are counted from. Keys that are no feature are
   * categories.
   */
  public static Columns of(FeatureSchema schema) {
    Columns columns = new Columns(Map.of(), false, DEFAULT_LIST_DELIMITER);
    for (Feature feature : schema.features()) {
      String needs = "feature '" + feature.name() + "'";
      if (feature instanceof CategoricalFeature categorical) {
        columns =
            columns.plus(
                feature.name(),
                categorical.multiValued() ? ColumnKind.list() : ColumnKind.category(),
                needs);
      } else if (feature instanceof NumericFeature) {
        columns = columns.plus(feature.name(), ColumnKind.number(), needs);
      } else if (feature instanceof VectorFeature vector) {
        columns = columns.plus(feature.name(), new ColumnKind.Vector(vector.width()), needs);
      }
    }
    for (Feature feature : schema.features()) {
      if (feature instanceof RateFeature rate) {
        String needs = "rate feature '" + feature.name() + "'";
        columns =
            columns.plus(
                rate.label(), ColumnKind.number(BINARY_RANGE, v -> v == 0 || v == 1), needs);
        for (String key : rate.keys()) {
          if (!columns.kinds.containsKey(key)) {
            columns = columns.plus(key, ColumnKind.category(), needs);
          }
        }
      }
    }
    return columns;
  }

  /** The columns of the features and those of the tasks: their labels and masks. */
  public static Columns of(FeatureSchema schema, TaskGraph tasks) {
    return of(schema).tasks(tasks);
  }

  private static final String BINARY_RANGE = "0 or 1";

  /**
   * With the labels of tasks, which must be what their kind accepts or be missing, and their masks,
   * which must be 0 or 1.
   */
  public Columns tasks(TaskGraph tasks) {
    Columns columns = this;
    for (Task task : tasks.tasks()) {
      columns =
          columns.plus(
              task.label(),
              ColumnKind.number(task.kind().labelRange(), task.kind()::accepts),
              "the label of task '" + task.name() + "'");
      if (task.mask().isPresent()) {
        columns =
            columns.plus(
                task.mask().get(),
                ColumnKind.number(BINARY_RANGE, v -> v == 0 || v == 1),
                "the mask of task '" + task.name() + "'");
      }
    }
    return columns;
  }

  /**
   * With columns of one category a row, such as the user or request that metrics are grouped by.
   */
  public Columns category(String... names) {
    return plusAll(ColumnKind.category(), names);
  }

  /** With columns of a list of categories a row. */
  public Columns list(String... names) {
    return plusAll(ColumnKind.list(), names);
  }

  /** With columns of numbers, such as days and weights. */
  public Columns number(String... names) {
    return plusAll(ColumnKind.number(), names);
  }

  /** With a column of vectors of that width. */
  public Columns vector(String name, int width) {
    return plus(name, new ColumnKind.Vector(width), "vector");
  }

  /** With another delimiter between the elements of lists that are text. */
  public Columns listDelimiter(char delimiter) {
    return new Columns(kinds, others, delimiter);
  }

  Map<String, ColumnKind> kinds() {
    return kinds;
  }

  boolean others() {
    return others;
  }

  char listDelimiter() {
    return listDelimiter;
  }

  private Columns plusAll(ColumnKind kind, String... names) {
    Columns columns = this;
    for (String name : names) {
      columns = columns.plus(name, kind, kind.describe());
    }
    return columns;
  }

  private Columns plus(String name, ColumnKind kind, String needs) {
    Map<String, ColumnKind> more = new LinkedHashMap<>(kinds);
    ColumnKind before = kinds.get(name);
    if (before == null) {
      more.put(name, kind);
    } else {
      more.put(
          name,
          before
              .and(kind)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "column '"
                              + name
                              + "' is needed as "
                              + kind.describe()
                              + " by "
                              + needs
                              + ", but as "
                              + before.describe()
                              + " elsewhere")));
    }
    return new Columns(more, others, listDelimiter);
  }

  @Override
  public String toString() {
    return "Columns" + new TreeSet<>(kinds.keySet()) + (others ? " and all others" : "");
  }
}
