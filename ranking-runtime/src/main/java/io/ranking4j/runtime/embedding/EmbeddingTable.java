package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.TableSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The embeddings of one table, row after row. The array is shared, not copied: training writes into
 * it, and whoever serves from it must be the only owner left. Lives outside of the network's
 * parameters, so that training touches only the rows of a batch.
 *
 * @param spec its name, rows and width
 * @param values rows x width floats
 */
public record EmbeddingTable(TableSpec spec, float[] values) {
  /** Refuses an array of another size. */
  public EmbeddingTable {
    if (values.length != size(spec)) {
      throw new IllegalArgumentException(
          "table '"
              + spec.name()
              + "' has "
              + spec.rows()
              + " rows of "
              + spec.width()
              + " floats, but was given "
              + values.length);
    }
  }

  /** A table of zeros. */
  public static EmbeddingTable zeros(TableSpec spec) {
    return new EmbeddingTable(spec, new float[size(spec)]);
  }

  /** The specifications of tables, in their order. */
  public static List<TableSpec> specs(List<EmbeddingTable> tables) {
    List<TableSpec> specs = new ArrayList<>(tables.size());
    for (EmbeddingTable table : tables) {
      specs.add(table.spec());
    }
    return specs;
  }

  private static int size(TableSpec spec) {
    long floats = (long) spec.rows() * spec.width();
    if (floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "table '"
              + spec.name()
              + "' has "
              + floats
              + " floats, more than the "
              + (Integer.MAX_VALUE - 8)
              + " that one array can hold: limit its vocabulary, hash it, or make it narrower");
    }
    return (int) floats;
  }
}
