package io.ranking4j.spark;

import io.ranking4j.error.UnknownNameException;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.spi.Fusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Scores the rows of a DataFrame with a model file. A row is an impression: the features of its
 * context and of its candidate, each in a column of its name. Categories are texts, booleans or
 * whole numbers, lists of them arrays, numbers of any numeric type, vectors arrays of floats; null
 * is a missing value, in an array an element that is left out. A rate is looked up by its key
 * columns, as in a request.
 *
 * <p>Predictions are those of the {@link io.ranking4j.runtime.Scorer} of the same machine, bit for
 * bit, however the rows are partitioned. Each executor loads the model once and shares it among its
 * tasks, which compute in batches, one thread each. Spark's own rules for a result that is used
 * twice hold: what is not cached is computed again.
 *
 * <p>Immutable; like the session that it was made for, to be used on the driver only.
 */
public final class SparkScorer {
  /** Rows of a batch when nothing else is said. */
  public static final int DEFAULT_BATCH_ROWS = 1024;

  /** What the columns of predictions are called before the name of their task. */
  public static final String DEFAULT_PREFIX = "predicted_";

  /** The column of the utility. */
  public static final String UTILITY = "utility";

  /** The column of the place in the request, 1 the first. */
  public static final String RANK = "rank";

  private final DistributedModel model;
  private final int batchRows;
  private final String prefix;

  private SparkScorer(DistributedModel model, int batchRows, String prefix) {
    this.model = model;
    this.batchRows = batchRows;
    this.prefix = prefix;
  }

  /**
   * A scorer on a model file, which is verified here and then copied to the executors by Spark.
   *
   * @param path of any file system that Hadoop knows: {@code hdfs://...}, {@code file:/...}
   * @throws io.ranking4j.error.ModelFileException where it is no usable model
   * @throws io.ranking4j.error.DataException where there is no such file
   * @throws java.io.UncheckedIOException where it cannot be read
   */
  public static SparkScorer of(SparkSession spark, String path) {
    return new SparkScorer(DistributedModel.of(spark, path), DEFAULT_BATCH_ROWS, DEFAULT_PREFIX);
  }

  /**
   * With batches of another size.
   *
   * @param rows at least 1
   */
  public SparkScorer batchRows(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("batchRows must be at least 1, but was " + rows);
    }
    return new SparkScorer(model, rows, prefix);
  }

  /** With columns of predictions that are called so before the name of their task. */
  public SparkScorer prefix(String text) {
    return new SparkScorer(model, batchRows, text);
  }

  /** The model. */
  public RankingModel model() {
    return model.model();
  }

  /**
   * The same rows with a column of doubles for each task: its calibrated probability, or its value.
   * Narrow: nothing is shuffled.
   *
   * @throws io.ranking4j.error.DataException where columns are missing or of a type that the
   *     features cannot read, before a job starts; a value that is refused fails its task with one
   * @throws IllegalArgumentException where the rows have a column of the new ones' names
   */
  public Dataset<Row> score(Dataset<Row> impressions) {
    InputColumns.of(model().schema(), impressions.schema());
    StructType output = withPredictions(impressions.schema(), List.of());
    return impressions.mapPartitions(
        new ScorePartition(model.name(), impressions.schema(), batchRows), Encoders.row(output));
  }

  /**
   * The same rows with the predictions, the utility that a fusion makes of them, and the place in
   * the request, 1 the greatest utility; equal ones are in the order of their candidates' ids. The
   * rows of a request are brought together, which is one shuffle, and fused as a whole.
   *
   * @param fusion found again by its type id on the executors, which need its provider; its signals
   *     are columns of numbers
   * @param request the column that says which rows belong together
   * @param candidate the column that tells the candidates of a request apart
   * @throws UnknownNameException where the fusion needs a task that the model has not, or there is
   *     no column of the request or the candidate
   * @throws io.ranking4j.error.DataException as in {@link #score}; and a request with more
   *     candidates than {@value RankPartition#MAX_CANDIDATES} fails its task with one
   * @throws IllegalArgumentException where the rows have a column of the new ones' names
   */
  public Dataset<Row> rank(
      Dataset<Row> impressions, Fusion fusion, String request, String candidate) {
    for (String task : fusion.tasks()) {
      if (!model().tasks().names().contains(task)) {
        throw new UnknownNameException("task", task, model().tasks().names());
      }
    }
    StructType input = impressions.schema();
    for (String column : List.of(request, candidate)) {
      if (!Arrays.asList(input.fieldNames()).contains(column)) {
        throw new UnknownNameException("column", column, Arrays.asList(input.fieldNames()));
      }
    }
    InputColumns.of(model().schema(), input);
    InputColumns.numbers("the fusion's signals", fusion.signals(), input);
    StructType output =
        withPredictions(input, List.of(UTILITY)).add(RANK, DataTypes.IntegerType, false);
    return impressions
        .repartition(functions.col(quoted(request)))
        .sortWithinPartitions(functions.col(quoted(request)), functions.col(quoted(candidate)))
        .mapPartitions(
            new RankPartition(model.name(), input, batchRows, FusionReference.of(fusion), request),
            Encoders.row(output));
  }

  static String quoted(String column) {
    return '`' + column.replace("`", "``") + '`';
  }

  private StructType withPredictions(StructType input, List<String> more) {
    List<String> added = new ArrayList<>();
    model().tasks().names().forEach(task -> added.add(prefix + task));
    added.addAll(more);
    StructType output = input;
    for (String name : added) {
      check(input, name);
      output = output.add(name, DataTypes.DoubleType, false);
    }
    if (!more.isEmpty()) {
      check(input, RANK);
    }
    return output;
  }

  private static void check(StructType input, String name) {
    if (Arrays.asList(input.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "the DataFrame has a column '" + name + "' already: drop it, or give another prefix");
    }
  }
}
