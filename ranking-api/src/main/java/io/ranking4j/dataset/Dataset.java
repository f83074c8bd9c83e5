package io.ranking4j.dataset;

import io.ranking4j.error.DataException;
import io.ranking4j.error.UnknownNameException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Impressions in memory, by column. Immutable and safe to share. */
public final class Dataset implements DatasetSource {
  private final int rows;
  private final Map<String, Column> columns;
  private final Optional<NegativeSampling> negativeSampling;
  private final Map<String, RateTable> rateTables;

  private Dataset(
      int rows,
      Map<String, Column> columns,
      Optional<NegativeSampling> negativeSampling,
      Map<String, RateTable> rateTables) {
    this.rows = rows;
    this.columns = Collections.unmodifiableMap(columns);
    this.negativeSampling = negativeSampling;
    this.rateTables = Map.copyOf(rateTables);
  }

  /** Starts a data set. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** The columns by name, in the order they were added; unmodifiable. */
  public Map<String, Column> columns() {
    return columns;
  }

  /** Whether there is a column of that name. */
  public boolean has(String name) {
    return columns.containsKey(name);
  }

  /**
   * The column of that name.
   *
   * @throws UnknownNameException where there is none, listing those that there are
   */
  public Column column(String name) {
    Column column = columns.get(name);
    if (column == null) {
      throw new UnknownNameException("column", name, columns.keySet());
    }
    return column;
  }

  /**
   * The column of that name, which must hold what its class says.
   *
   * @throws UnknownNameException where there is none
   * @throws DataException where it holds something else
   */
  public <C extends Column> C column(String name, Class<C> type) {
    Column column = column(name);
    if (!type.isInstance(column)) {
      throw new DataException(
          "column '"
              + name
              + "' must be a "
              + type.getSimpleName()
              + ", but holds "
              + column.holds());
    }
    return type.cast(column);
  }

  @Override
  public Optional<NegativeSampling> negativeSampling() {
    return negativeSampling;
  }

  @Override
  public Map<String, RateTable> rateTables() {
    return rateTables;
  }

  @Override
  public Chunks open() {
    return Chunks.of(this);
  }

  /** The given rows, in that order. */
  public Dataset select(int[] selected) {
    Map<String, Column> picked = new LinkedHashMap<>();
    columns.forEach((name, column) -> picked.put(name, column.select(selected)));
    return new Dataset(selected.length, picked, negativeSampling, rateTables);
  }

  /**
   * The rows from {@code from} up to before {@code to}.
   *
   * @throws IndexOutOfBoundsException where that is not a range of rows
   */
  public Dataset slice(int from, int to) {
    Objects.checkFromToIndex(from, to, rows);
    return select(IntStream.range(from, to).toArray());
  }

  /** With a column added or replaced. */
  public Dataset with(String name, Column column) {
    return toBuilder().column(name, column).build();
  }

  /** With a note on how negatives were sampled. */
  public Dataset with(NegativeSampling sampling) {
    return toBuilder().negativeSampling(sampling).build();
  }

  /** A builder that starts with all that is here. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.columns.putAll(columns);
    builder.negativeSampling = negativeSampling.orElse(null);
    builder.rateTables.putAll(rateTables);
    return builder;
  }

  @Override
  public String toString() {
    return "Dataset[" + rows + " rows, columns " + columns.keySet() + "]";
  }

  /** Collects columns; not safe to share between threads. */
  public static final class Builder {
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, RateTable> rateTables = new LinkedHashMap<>();
    private @Nullable NegativeSampling negativeSampling;

    private Builder() {}

    /** Adds a column, or replaces the one of that name. */
    public Builder column(String name, Column column) {
      columns.put(name, column);
      return this;
    }

    /** Notes how negatives were sampled. */
    public Builder negativeSampling(NegativeSampling sampling) {
      negativeSampling = sampling;
      return this;
    }

    /** Adds the counts of a rate feature as of the end of these rows. */
    public Builder rateTable(RateTable table) {
      rateTables.put(table.feature(), table);
      return this;
    }

    /**
     * Makes the data set.
     *
     * @throws DataException where columns have different numbers of rows, or there is none
     */
    public Dataset build() {
      int rows = -1;
      String first = "";
      for (Map.Entry<String, Column> column : columns.entrySet()) {
        int size = column.getValue().size();
        if (rows < 0) {
          rows = size;
          first = column.getKey();
        } else if (size != rows) {
          throw new DataException(
              "column '"
                  + column.getKey()
                  + "' has "
                  + size
                  + " rows, but column '"
                  + first
                  + "' has "
                  + rows);
        }
      }
      if (rows < 0) {
        throw new DataException("a data set needs at least one column");
      }
      return new Dataset(
          rows, new LinkedHashMap<>(columns), Optional.ofNullable(negativeSampling), rateTables);
    }
  }
}
