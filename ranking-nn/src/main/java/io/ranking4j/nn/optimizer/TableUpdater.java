package io.ranking4j.nn.optimizer;

import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.Pooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the gradient of a batch's input back to the embedding tables. Rows that occur several
 * times in a batch, in whatever field, are summed first and updated once; other rows are not
 * touched. Used by one thread at a time.
 */
public final class TableUpdater {
  private final InputLayout layout;
  private final List<TouchedRows> tables = new ArrayList<>();

  /** Makes one for tables in the layout's order. */
  public TableUpdater(InputLayout layout, List<EmbeddingTable> tables, RowOptimizer optimizer) {
    this(layout, tables, optimizer, null);
  }

  /** Makes one that keeps an average of the same tables up to date, or none where it is null. */
  public TableUpdater(
      InputLayout layout,
      List<EmbeddingTable> tables,
      RowOptimizer optimizer,
      @Nullable WeightAverage average) {
    this.layout = layout;
    for (EmbeddingTable table : tables) {
      this.tables.add(new TouchedRows(this.tables.size(), table, optimizer.start(table), average));
    }
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
    tables.forEach(TouchedRows::start);
    for (EmbeddingField field : layout.embeddings()) {
      add(field, data, rows, count, gradient);
    }
    tables.forEach(table -> table.apply(rate));
  }

  private void add(
      EmbeddingField field, EncodedRows data, int[] rows, int count, float[] gradient) {
    TouchedRows table = tables.get(field.table());
    int[] ids = data.ids(field.index());
    int width = layout.width();
    if (!field.multiValued()) {
      for (int r = 0; r < count; r++) {
        table.add(ids[rows[r]], gradient, r * width + field.offset(), 1f);
      }
      return;
    }
    int[] offsets = data.offsets(field.index());
    boolean mean = field.pooling().orElseThrow() == Pooling.MEAN;
    for (int r = 0; r < count; r++) {
      int from = offsets[rows[r]];
      int end = offsets[rows[r] + 1];
      float share = mean && end > from ? 1f / (end - from) : 1f;
      for (int i = from; i < end; i++) {
        table.add(ids[i], gradient, r * width + field.offset(), share);
      }
    }
  }

  /** The summed gradients of the rows of one table that a batch touches. */
  private static final class TouchedRows {
    private final int index;
    private final RowOptimizer.State state;
    private final @Nullable WeightAverage average;
    private final int width;

    /** By row of the table, its place among the touched; valid where touched[place] is the row. */
    private final int[] place;

    private int[] touched = new int[256];
    private float[] sums;
    private int count;

    TouchedRows(
        int index,
        EmbeddingTable table,
        RowOptimizer.State state,
        @Nullable WeightAverage average) {
      this.index = index;
      this.state = state;
      this.average = average;
      this.width = table.spec().width();
      this.place = new int[table.spec().rows()];
      this.sums = new float[touched.length * width];
    }

    void start() {
      count = 0;
      state.nextStep();
    }

    void add(int row, float[] gradient, int at, float share) {
      int slot = place[row];
      if (slot >= count || touched[slot] != row) {
        slot = count++;
        if (slot == touched.length) {
          touched = Arrays.copyOf(touched, 2 * slot);
          sums = Arrays.copyOf(sums, touched.length * width);
        }
        place[row] = slot;
        touched[slot] = row;
        Arrays.fill(sums, slot * width, (slot + 1) * width, 0f);
      }
      int to = slot * width;
      for (int c = 0; c < width; c++) {
        sums[to + c] += share * gradient[at + c];
      }
    }

    void apply(double rate) {
      for (int i = 0; i < count; i++) {
        if (average != null) {
          average.beforeUpdate(index, touched[i]);
        }
        state.update(touched[i], sums, i * width, rate);
        if (average != null) {
          average.afterUpdate(index, touched[i]);
        }
      }
    }
  }
}
