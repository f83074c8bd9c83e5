package io.ranking4j.spark;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.DataException;
import io.ranking4j.schema.CategoricalFeature;
import io.ranking4j.schema.Feature;
import io.ranking4j.schema.FeatureSchema;
import io.ranking4j.schema.RateFeature;
import io.ranking4j.schema.VectorFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns of a DataFrame the features of a model read, and as what. Immutable; a batch is
 * built by {@link #read}.
 */
final class InputColumns {
  private static final String CATEGORY = "STRING, BOOLEAN or a number";
  private static final String NUMBER = "BOOLEAN or a number";
  private static final String LIST = "an ARRAY of STRING or of whole numbers";
  private static final String VECTOR = "an ARRAY of FLOAT or DOUBLE";

  private final List<Input> inputs;

  /** Makes a builder for a number of rows. */
  private interface BuilderMaker {
    ColumnBuilder make(String name, int rows);
  }

  private record Input(String name, int index, BuilderMaker maker) {}

  private InputColumns(List<Input> inputs) {
    this.inputs = inputs;
  }

  /**
   * Looks the columns of features up.
   *
   * @throws DataException where columns are missing or of a type that cannot be read, naming all of
   *     them
   */
  static InputColumns of(FeatureSchema schema, StructType types) {
    Search search = new Search(types);
    for (Feature feature : schema.features()) {
      if (feature instanceof CategoricalFeature categorical) {
        if (categorical.multiValued()) {
          search.add(feature.name(), LIST, InputColumns::list);
        } else {
          search.add(feature.name(), CATEGORY, InputColumns::category);
        }
      } else if (feature instanceof VectorFeature vector) {
        search.add(feature.name(), VECTOR, type -> vector(type, vector.width()));
      } else if (!(feature instanceof RateFeature)) {
        search.add(feature.name(), NUMBER, InputColumns::number);
      }
    }
    for (Feature feature : schema.features()) {
      if (feature instanceof RateFeature rate) {
        rate.keys().forEach(key -> search.add(key, CATEGORY, InputColumns::category));
      }
    }
    return search.found("the features");
  }

  /**
   * Looks columns of numbers up.
   *
   * @param what what needs them, for messages
   */
  static InputColumns numbers(String what, Iterable<String> names, StructType types) {
    Search search = new Search(types);
    names.forEach(name -> search.add(name, NUMBER, InputColumns::number));
    return search.found(what);
  }

  /** Both. */
  InputColumns and(InputColumns more) {
    Map<String, Input> all = new LinkedHashMap<>();
    inputs.forEach(input -> all.put(input.name, input));
    more.inputs.forEach(input -> all.putIfAbsent(input.name, input));
    return new InputColumns(List.copyOf(all.values()));
  }

  /**
   * Reads rows.
   *
   * @throws DataException where a value cannot be read
   */
  Dataset read(List<Row> rows) {
    Dataset.Builder builder = Dataset.builder();
    for (Input input : inputs) {
      ColumnBuilder column = input.maker.make(input.name, rows.size());
      for (int row = 0; row < rows.size(); row++) {
        Object value = rows.get(row).get(input.index);
        if (value == null) {
          column.missing(row);
        } else {
          column.set(row, value);
        }
      }
      builder.column(input.name, column.build());
    }
    return builder.build();
  }

  private static BuilderMaker category(DataType type) {
    if (type instanceof StringType || type instanceof BooleanType || type instanceof NullType) {
      return (name, rows) -> new ColumnBuilder.Categories(rows);
    } else if (type instanceof LongType) {
      return (name, rows) -> new ColumnBuilder.LongCategories(rows);
    }
    return numeric(type) ? (name, rows) -> new ColumnBuilder.Numbers(rows) : NONE;
  }

  private static BuilderMaker number(DataType type) {
    return numeric(type) || type instanceof BooleanType || type instanceof NullType
        ? (name, rows) -> new ColumnBuilder.Numbers(rows)
        : NONE;
  }

  private static boolean numeric(DataType type) {
    return type instanceof IntegralType
        || type instanceof FloatType
        || type instanceof DoubleType
        || type instanceof DecimalType;
  }

  private static BuilderMaker list(DataType type) {
    boolean fits =
        type instanceof NullType
            || (type instanceof ArrayType array
                && (array.elementType() instanceof StringType
                    || array.elementType() instanceof IntegralType));
    return fits ? (name, rows) -> new ColumnBuilder.Lists(rows) : NONE;
  }

  private static BuilderMaker vector(DataType type, int width) {
    boolean fits =
        type instanceof NullType
            || (type instanceof ArrayType array
                && (array.elementType() instanceof FloatType
                    || array.elementType() instanceof DoubleType));
    return fits ? (name, rows) -> new ColumnBuilder.Vectors(name, rows, width) : NONE;
  }

  /** For a type that cannot be read. */
  private static final BuilderMaker NONE =
      (name, rows) -> {
        throw new IllegalStateException("column '" + name + "' was refused");
      };

  /** Reads columns of a type, or says {@link #NONE}. */
  private interface Reading {
    BuilderMaker of(DataType type);
  }

  /** Collects columns and all that is wrong with them. */
  private static final class Search {
    private final StructType types;
    private final List<String> names;
    private final Map<String, Input> inputs = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    Search(StructType types) {
      this.types = types;
      this.names = Arrays.asList(types.fieldNames());
    }

    void add(String name, String needed, Reading reading) {
      if (inputs.containsKey(name)) {
        return;
      }
      int index = names.indexOf(name);
      if (index < 0) {
        faults.add("column '" + name + "' is missing");
        return;
      }
      DataType type = types.fields()[index].dataType();
      BuilderMaker maker = reading.of(type);
      if (maker == NONE) {
        faults.add("column '" + name + "' must be " + needed + ", but is " + type.sql());
      }
      inputs.put(name, new Input(name, index, maker));
    }

    InputColumns found(String what) {
      if (!faults.isEmpty()) {
        throw new DataException(
            "the DataFrame has not what "
                + what
                + " need: "
                + String.join("; ", faults)
                + "; its columns are "
                + names);
      }
      return new InputColumns(List.copyOf(inputs.values()));
    }
  }
}
