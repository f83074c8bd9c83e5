package io.ranking4j.spark;

import io.ranking4j.runtime.Scorer;
import io.ranking4j.runtime.input.EncodedRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Scores the rows of a partition batch by batch, in their order. Rows in messages count from 0 in
 * the partition.
 */
final class ScorePartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final String model;
  private final StructType types;
  private final int batchRows;

  ScorePartition(String model, StructType types, int batchRows) {
    this.model = model;
    this.types = types;
    this.batchRows = batchRows;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    Scorer scorer = scorer(model);
    InputColumns inputs = InputColumns.of(scorer.model().schema(), types);
    List<Row> batch = new ArrayList<>(batchRows);
    return new Batches() {
      private long taken;

      @Override
      Iterator<Row> nextBatch() {
        batch.clear();
        while (rows.hasNext() && batch.size() < batchRows) {
          batch.add(rows.next());
        }
        EncodedRows encoded = scorer.model().encoder().encode(inputs.read(batch), taken);
        taken += batch.size();
        return with(batch, scorer.score(encoded).values());
      }

      @Override
      boolean hasMore() {
        return rows.hasNext();
      }
    };
  }

  /** The executor's scorer, until the task ends. */
  static Scorer scorer(String model) {
    Scorer scorer = ExecutorModels.acquire(model);
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) end -> ExecutorModels.release(model));
    return scorer;
  }

  private static Iterator<Row> with(List<Row> rows, Collection<double[]> columns) {
    List<double[]> added = List.copyOf(columns);
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < rows.size();
      }

      @Override
      public Row next() {
        if (at == rows.size()) {
          throw new NoSuchElementException("all rows of the batch were taken");
        }
        Object[] values = values(rows.get(at), added.size());
        for (int c = 0; c < added.size(); c++) {
          values[values.length - added.size() + c] = added.get(c)[at];
        }
        at++;
        return RowFactory.create(values);
      }
    };
  }

  /** The values of a row, with room for more. */
  static Object[] values(Row row, int more) {
    int own = row.size();
    Object[] values = new Object[own + more];
    for (int i = 0; i < own; i++) {
      values[i] = row.get(i);
    }
    return values;
  }

  /** Rows of one batch after another. */
  abstract static class Batches implements Iterator<Row> {
    private Iterator<Row> current = List.<Row>of().iterator();

    abstract Iterator<Row> nextBatch();

    /** Whether there is a row for another batch. */
    abstract boolean hasMore();

    @Override
    public boolean hasNext() {
      return current.hasNext() || hasMore();
    }

    @Override
    public Row next() {
      if (!current.hasNext()) {
        if (!hasMore()) {
          throw new NoSuchElementException("all rows of the partition were taken");
        }
        current = nextBatch();
      }
      return current.next();
    }
  }
}
