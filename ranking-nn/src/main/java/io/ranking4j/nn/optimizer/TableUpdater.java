package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the gradient of a batch's input back to the embedding tables. Rows that occur several
 * times in a batch, in whatever field, are summed first and updated once; other rows are not
 * touched. Each row of a table belongs to one of the workers, so that the numbers are the same
 * whatever their number is. Used by one thread at a time.
 */
public final class TableUpdater {
  /** Rows whose memory is asked for before the first of them is updated. */
  private static final int AHEAD = 32;

  private final InputLayout layout;
  private final List<EmbeddingTable> tables;
  private final List<RowOptimizer.State> states = new ArrayList<>();
  private final List<RowMemory> memories = new ArrayList<>();
  private final @Nullable WeightAverage average;
  private final Workers workers;
  private final EmbeddingField[] fields;
  private final int width;
  private final List<Part> parts = new ArrayList<>();

  /** Where the gradient of a batch's input is. */
  @FunctionalInterface
  public interface InputGradient {
    /**
     * Reads one row of it; called by several threads at once.
     *
     * @param row of the batch
     * @param target receives its columns
     */
    void read(int row, float[] target);
  }

  private record Batch(BatchRows rows, InputGradient gradient, double rate) {}

  /** Makes one for tables in the layout's order, which works on the calling thread. */
  public TableUpdater(InputLayout layout, List<EmbeddingTable> tables, RowOptimizer optimizer) {
    this(layout, tables, optimizer, null, Workers.single());
  }

  /**
   * Makes one.
   *
   * @param layout of the input
   * @param tables in the layout's order
   * @param optimizer of their rows
   * @param average of the same tables that is kept up to date, or null
   * @param workers whom the rows are divided among
   */
  public TableUpdater(
      InputLayout layout,
      List<EmbeddingTable> tables,
      RowOptimizer optimizer,
      @Nullable WeightAverage average,
      Workers workers) {
    this.layout = layout;
    this.tables = List.copyOf(tables);
    this.average = average;
    this.workers = workers;
    this.fields = layout.embeddings().toArray(EmbeddingField[]::new);
    this.width = layout.width();
    for (int table = 0; table < tables.size(); table++) {
      start(table, optimizer);
    }
    for (int worker = 0; worker < workers.count(); worker++) {
      parts.add(new Part(worker));
    }
  }

  /** What the optimiser and the average keep of a row lies side by side. */
  private void start(int number, RowOptimizer optimizer) {
    EmbeddingTable table = tables.get(number);
    int own = optimizer.memory(table.spec().width());
    int more = average == null ? 0 : WeightAverage.memory(table.spec().width());
    RowMemory memory = new RowMemory(table.spec().rows(), Math.addExact(own, more));
    if (average != null) {
      average.keepIn(number, memory, own);
    }
    memories.add(memory);
    states.add(optimizer.start(table, memory));
  }

  /**
   * Updates the tables for one batch.
   *
   * @param data the encoded data
   * @param rows which of its rows the batch has, in order
   * @param count how many of those
   * @param gradient the derivative of the loss by the input, count x input width
   * @param rate the learning rate
   */
  public void update(EncodedRows data, int[] rows, int count, float[] gradient, double rate) {
    BatchRows batch = new BatchRows(layout);
    batch.select(data, rows, 0, count, workers);
    update(batch, (row, target) -> System.arraycopy(gradient, row * width, target, 0, width), rate);
  }

  /**
   * Updates the tables for one batch.
   *
   * @param rows of the batch
   * @param gradient the derivative of the loss by the input
   * @param rate the learning rate
   */
  public void update(BatchRows rows, InputGradient gradient, double rate) {
    if (fields.length == 0) {
      return;
    }
    states.forEach(RowOptimizer.State::nextStep);
    Batch batch = new Batch(rows, gradient, rate);
    workers.run(worker -> parts.get(worker).update(batch));
  }

  /** What one worker does. */
  private final class Part {
    private final int worker;
    private final TouchedRows[] touched;
    private final float[] row = new float[width];
    private final boolean alone = workers.count() == 1;

    /** Keeps what was preloaded from being optimised away. */
    @SuppressWarnings("UnusedVariable")
    private float preloaded;

    Part(int worker) {
      this.worker = worker;
      this.touched =
          tables.stream()
              .map(table -> new TouchedRows(table.spec().width()))
              .toArray(TouchedRows[]::new);
    }

    void update(Batch batch) {
      for (TouchedRows rows : touched) {
        rows.clear();
      }
      for (int r = 0; r < batch.rows.count(); r++) {
        batch.gradient.read(r, row);
        for (int f = 0; f < fields.length; f++) {
          add(f, r, batch.rows);
        }
      }
      for (int table = 0; table < touched.length; table++) {
        apply(table, batch.rate);
      }
    }

    private void add(int f, int r, BatchRows rows) {
      EmbeddingField field = fields[f];
      int[] ids = rows.ids(f);
      if (!field.multiValued()) {
        add(field, ids[r], 1f);
        return;
      }
      int start = rows.offsets(f)[r];
      int end = rows.offsets(f)[r + 1];
      boolean mean = field.pooling().orElseThrow() == Pooling.MEAN;
      float share = mean && end > start ? 1f / (end - start) : 1f;
      for (int i = start; i < end; i++) {
        add(field, ids[i], share);
      }
    }

    private void add(EmbeddingField field, int id, float share) {
      // The table counts too, or the commonest row of all tables would be the same worker's.
      if (alone || (id + field.table()) % workers.count() == worker) {
        touched[field.table()].add(id, row, field.offset(), share);
      }
    }

    private void apply(int table, double rate) {
      TouchedRows rows = touched[table];
      RowOptimizer.State state = states.get(table);
      int tableWidth = tables.get(table).spec().width();
      for (int start = 0; start < rows.count(); start += AHEAD) {
        int end = Math.min(start + AHEAD, rows.count());
        preload(table, start, end);
        if (average != null) {
          for (int i = start; i < end; i++) {
            average.beforeUpdate(table, rows.row(i));
          }
        }
        for (int i = start; i < end; i++) {
          state.update(rows.row(i), rows.sums(), i * tableWidth, rate);
        }
      }
    }

    private void preload(int table, int start, int end) {
      TouchedRows rows = touched[table];
      RowMemory memory = memories.get(table);
      RowOptimizer.State state = states.get(table);
      float[] values = tables.get(table).values();
      int tableWidth = tables.get(table).spec().width();
      float sum = 0;
      for (int i = start; i < end; i++) {
        int row = rows.row(i);
        sum += RowMemory.preload(values, row * tableWidth, tableWidth);
        sum += memory.preload(row) + state.preload(row);
      }
      preloaded += sum;
    }
  }
}
