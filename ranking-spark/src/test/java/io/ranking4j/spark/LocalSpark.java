package io.ranking4j.spark;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Column;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.ListColumn;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.dataset.VectorColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** One Spark for all tests, and data sets as DataFrames. */
final class LocalSpark {
  /** The column of the number of the row. */
  static final String ROW = "row_number";

  private LocalSpark() {}

  /** The session with two threads; Spark ends it with the process. */
  static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate();
  }

  /** The columns that a DataFrame can have, and the number of each row, over some partitions. */
  static org.apache.spark.sql.Dataset<Row> frame(Dataset data, int partitions) {
    StructType types = new StructType().add(ROW, DataTypes.IntegerType);
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, Column> column : data.columns().entrySet()) {
      DataType type = type(column.getValue());
      if (type != null) {
        types = types.add(column.getKey(), type);
        columns.add(column.getValue());
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < data.rows(); r++) {
      Object[] values = new Object[columns.size() + 1];
      values[0] = r;
      for (int c = 0; c < columns.size(); c++) {
        values[c + 1] = value(columns.get(c), r);
      }
      rows.add(RowFactory.create(values));
    }
    return session().createDataFrame(rows, types).repartition(partitions);
  }

  private static @Nullable DataType type(Column column) {
    if (column instanceof CategoricalColumn) {
      return DataTypes.StringType;
    } else if (column instanceof ListColumn) {
      return DataTypes.createArrayType(DataTypes.StringType);
    } else if (column instanceof VectorColumn) {
      return DataTypes.createArrayType(DataTypes.FloatType);
    }
    return column instanceof NumericColumn ? DataTypes.DoubleType : null;
  }

  private static @Nullable Object value(Column column, int row) {
    if (column instanceof CategoricalColumn categories) {
      return categories.get(row);
    } else if (column instanceof ListColumn lists) {
      return lists.get(row).toArray(String[]::new);
    } else if (column instanceof VectorColumn vectors) {
      int width = vectors.width();
      float[] values = Arrays.copyOfRange(vectors.values(), row * width, (row + 1) * width);
      return vectors.isMissing(row)
          ? null
          : IntStream.range(0, width).mapToObj(i -> values[i]).toArray(Float[]::new);
    }
    NumericColumn numbers = (NumericColumn) column;
    return numbers.isMissing(row) ? null : numbers.values()[row];
  }
}
