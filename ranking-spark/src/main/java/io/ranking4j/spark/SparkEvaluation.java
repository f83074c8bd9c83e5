package io.ranking4j.spark;

import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.evaluation.GroupMean;
import io.ranking4j.evaluation.GroupedAuc;
import io.ranking4j.evaluation.GroupedValue;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.TaskReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of {@code ranking-evaluation} over scored DataFrames, by the same code.
 *
 * <p>Metrics that need all rows in one order (AUC, average precision, calibration) are computed on
 * the driver, which collects label and score, and the weight if there is one, as 8 bytes each, and
 * takes about four times that while it computes: 10<sup>8</sup> rows need 7 GB of heap and {@code
 * spark.driver.maxResultSize} of 2 GB. They are the same bit for bit as over the rows in the
 * DataFrame's order. A larger log is sampled first.
 *
 * <p>Metrics by group are computed where the rows are, after one shuffle that brings groups
 * together, and merged exactly but for the rounding of sums; they take no more memory on the driver
 * however many groups there are, at most {@code 2^31 - 1} rows.
 */
public final class SparkEvaluation {
  /** Rows that are worked on at once, and the least of a larger group. */
  private static final int BLOCK_ROWS = 1 << 14;

  private SparkEvaluation() {}

  /**
   * The usual metrics of a binary task. Rows without a label (null) are left out.
   *
   * @throws DataException where columns are missing or hold no numbers, or there are too many rows
   *     for arrays
   * @throws IllegalArgumentException where a label is not 0 or 1, or a score no probability
   */
  public static TaskReport report(Dataset<Row> scored, ScoredColumns columns) {
    double[][] collected = collect(selected(scored, columns), columns);
    double[] weights = columns.weight().isPresent() ? collected[2] : null;
    TaskReport all = TaskReport.of(collected[0], collected[1], weights, null);
    GroupedValue gauc =
        columns.group().isPresent()
            ? grouped(scored, columns, ScoredGroups.auc(GroupedAuc.DEFAULT_WEIGHTING))
            : all.gauc();
    return new TaskReport(
        all.auc(),
        all.prAuc(),
        all.logLoss(),
        all.ne(),
        all.brier(),
        all.calibrationRatio(),
        all.ece(),
        gauc,
        all.rows(),
        all.positives());
  }

  /**
   * A metric by group: one of {@link ScoredGroups}, or the host's own. Rows without a label are
   * left out.
   *
   * @param metric given some whole groups at a time, the mean over them so far
   * @throws DataException where columns are missing or hold no numbers
   * @throws IllegalArgumentException where there is no column of groups
   */
  public static GroupedValue grouped(
      Dataset<Row> scored, ScoredColumns columns, ScoredGroups.Metric metric) {
    String group =
        columns
            .group()
            .orElseThrow(() -> new IllegalArgumentException("a column of groups must be given"));
    Dataset<Row> rows = selected(scored, columns);
    Column key = functions.col(SparkScorer.quoted(group));
    StructType types = rows.schema();
    boolean weighted = columns.weight().isPresent();
    List<String> numbers = columns.numbers();
    List<double[]> parts =
        rows.repartition(key)
            .sortWithinPartitions(key)
            .javaRDD()
            .mapPartitions(
                partition ->
                    List.of(sums(partition, types, numbers, group, weighted, metric)).iterator())
            .collect();
    GroupMean mean = metric.call(none(weighted));
    parts.forEach(mean::merge);
    return mean.value();
  }

  /** What the groups of a partition sum up to. */
  private static double[] sums(
      Iterator<Row> rows,
      StructType types,
      List<String> numbers,
      String group,
      boolean weighted,
      ScoredGroups.Metric metric) {
    InputColumns inputs = InputColumns.numbers("the metrics", numbers, types);
    int key = types.fieldIndex(group);
    GroupMean mean = metric.call(none(weighted));
    List<Row> block = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    Object current = null;
    int number = -1;
    while (rows.hasNext()) {
      Row row = rows.next();
      Object own = row.get(key);
      if (own == null) {
        throw new DataException("the group '" + group + "' must not be null");
      }
      if (!own.equals(current)) {
        if (block.size() >= BLOCK_ROWS) {
          mean.merge(metric.call(of(inputs, numbers, block, groups)).sums());
          block.clear();
          groups.clear();
        }
        current = own;
        number++;
      }
      block.add(row);
      groups.add(number);
    }
    mean.merge(metric.call(of(inputs, numbers, block, groups)).sums());
    return mean.sums();
  }

  private static ScoredGroups of(
      InputColumns inputs, List<String> numbers, List<Row> block, List<Integer> groups) {
    double[][] columns = read(inputs, numbers, block);
    return new ScoredGroups(
        columns[0],
        columns[1],
        columns.length > 2 ? columns[2] : null,
        Groups.of(groups.stream().mapToInt(Integer::intValue).toArray()));
  }

  private static ScoredGroups none(boolean weighted) {
    double @Nullable [] weights = weighted ? new double[0] : null;
    return new ScoredGroups(new double[0], new double[0], weights, Groups.of(new int[0]));
  }

  /** The columns that are needed, of the rows that have a label. */
  private static Dataset<Row> selected(Dataset<Row> scored, ScoredColumns columns) {
    InputColumns.numbers("the metrics", columns.numbers(), scored.schema());
    List<String> known = Arrays.asList(scored.columns());
    List<String> names = new ArrayList<>(columns.numbers());
    columns.group().filter(name -> !names.contains(name)).ifPresent(names::add);
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UnknownNameException("column", name, known);
      }
    }
    Column label = functions.col(SparkScorer.quoted(columns.label()));
    return scored
        .filter(label.isNotNull())
        .select(
            names.stream()
                .distinct()
                .map(name -> functions.col(SparkScorer.quoted(name)))
                .toArray(Column[]::new));
  }

  private static double[][] collect(Dataset<Row> rows, ScoredColumns columns) {
    List<String> numbers = columns.numbers();
    StructType types = rows.schema();
    List<double[][]> parts =
        rows.javaRDD()
            .mapPartitions(
                partition -> {
                  InputColumns inputs = InputColumns.numbers("the metrics", numbers, types);
                  List<double[][]> blocks = new ArrayList<>();
                  List<Row> block = new ArrayList<>();
                  while (partition.hasNext()) {
                    block.add(partition.next());
                    if (block.size() == BLOCK_ROWS || !partition.hasNext()) {
                      blocks.add(read(inputs, numbers, block));
                      block.clear();
                    }
                  }
                  return blocks.iterator();
                })
            .collect();
    long count = parts.stream().mapToLong(part -> part[0].length).sum();
    if (count > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "at most 2^31 - 9 rows can be evaluated at once, but there are " + count);
    }
    double[][] all = new double[numbers.size()][(int) count];
    int at = 0;
    for (double[][] part : parts) {
      for (int c = 0; c < all.length; c++) {
        System.arraycopy(part[c], 0, all[c], at, part[c].length);
      }
      at += part[0].length;
    }
    return all;
  }

  private static double[][] read(InputColumns inputs, List<String> numbers, List<Row> block) {
    io.ranking4j.dataset.Dataset data = inputs.read(block);
    double[][] columns = new double[numbers.size()][];
    for (int c = 0; c < columns.length; c++) {
      NumericColumn column = data.column(numbers.get(c), NumericColumn.class);
      if (column.missing() != null) {
        throw new DataException("column '" + numbers.get(c) + "' must not be null");
      }
      columns[c] = column.values();
    }
    return columns;
  }
}
