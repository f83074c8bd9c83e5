package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.parallel.Workers;
import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import io.ranking4j.runtime.embedding.Attention;
import io.ranking4j.runtime.embedding.EmbeddingTable;
import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.Side;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table rows and numbers of one batch. Encoded data lies field by field, so that the values of
 * one row are far apart: they are brought together here a field at a time, once, for the input and
 * for the update of the tables. Written by {@link #select}, after which any number of threads may
 * read.
 */
public final class BatchRows implements Stateful {
  private static final int[] NONE = {};

  /** The row of a table that unknown values share. */
  private static final int UNKNOWN_ROW = 0;

  /** Floats of a table that is not in a cache. */
  private static final int LARGE = 1 << 18;

  private static final Side[] SIDES = {Side.CONTEXT, Side.CANDIDATE};

  private final InputLayout layout;
  private final EmbeddingField[] fields;
  private final int[][] ids;
  private final int[][] offsets;
  private final EmbeddingDropout dropout;
  private final @Nullable LostFeatures lost;
  private final long seed;

  /** By field and value, what its embedding is multiplied by; empty where nothing is. */
  private final float[][] scales;

  private long batch;
  private int count;
  private int[] order = NONE;
  private int from;
  private float[] dense = {};

  /** Makes one without rows, which leaves out nothing. */
  public BatchRows(InputLayout layout) {
    this(layout, EmbeddingDropout.NONE, null, 0);
  }

  /**
   * Makes one without rows.
   *
   * @param layout of the input
   * @param dropout what is left out of the rows that are selected
   * @param lost the features that they lose; null for none
   * @param seed decides what, whatever the number of workers is
   */
  public BatchRows(
      InputLayout layout, EmbeddingDropout dropout, @Nullable LostFeatures lost, long seed) {
    this.layout = layout;
    this.dropout = dropout;
    this.lost = lost;
    this.seed = seed;
    this.fields = layout.embeddings().toArray(EmbeddingField[]::new);
    this.ids = new int[fields.length][];
    this.offsets = new int[fields.length][];
    this.scales = new float[fields.length][0];
    Arrays.fill(ids, NONE);
    Arrays.fill(offsets, NONE);
  }

  /**
   * Takes other rows.
   *
   * @param data encoded rows of both sides; read until other rows are taken
   * @param numbers has the numbers of the rows in the data, in order; likewise
   * @param start where they start in there
   * @param rows how many they are
   * @param workers whom the fields are divided among
   */
  public void select(EncodedRows data, int[] numbers, int start, int rows, Workers workers) {
    batch++;
    count = rows;
    order = numbers;
    from = start;
    dense = data.dense();
    if (fields.length > 0) {
      workers.run(
          worker -> {
            for (int f = worker; f < fields.length; f += workers.count()) {
              select(f, data);
              if (dropout.rate() > 0) {
                leaveOut(f);
              }
            }
          });
    }
  }

  private void select(int f, EncodedRows data) {
    int[] source = data.ids(fields[f].index());
    if (!fields[f].multiValued()) {
      int[] target = ids[f].length < count ? new int[count] : ids[f];
      for (int r = 0; r < count; r++) {
        target[r] =
            lost != null && lost.loses(f, batch, r) ? lost.missingRow(f) : source[order[from + r]];
      }
      ids[f] = target;
      return;
    }
    int[] starts = data.offsets(fields[f].index());
    int[] ends = offsets[f].length <= count ? new int[count + 1] : offsets[f];
    for (int r = 0; r < count; r++) {
      int row = order[from + r];
      ends[r + 1] =
          ends[r]
              + (lost != null && lost.loses(f, batch, r)
                  ? lost.missingCount(f)
                  : starts[row + 1] - starts[row]);
    }
    int[] target = ids[f].length < ends[count] ? new int[ends[count]] : ids[f];
    for (int r = 0; r < count; r++) {
      if (lost != null && lost.loses(f, batch, r)) {
        lost.copyMissing(f, target, ends[r]);
      } else {
        System.arraycopy(source, starts[order[from + r]], target, ends[r], ends[r + 1] - ends[r]);
      }
    }
    ids[f] = target;
    offsets[f] = ends;
  }

  private void leaveOut(int f) {
    boolean unknown = dropout.unit() == EmbeddingDropout.Unit.UNKNOWN;
    boolean byRow = dropout.unit() == EmbeddingDropout.Unit.ROW;
    long key = LostFeatures.mix(LostFeatures.mix(seed + batch) + (byRow ? fields[f].table() : f));
    float kept = (float) (1 / (1 - dropout.rate()));
    int values = fields[f].multiValued() ? offsets[f][count] : count;
    if (!unknown && scales[f].length < values) {
      scales[f] = new float[values];
    }
    for (int r = 0; r < count; r++) {
      int first = fields[f].multiValued() ? offsets[f][r] : r;
      int end = fields[f].multiValued() ? offsets[f][r + 1] : r + 1;
      for (int i = first; i < end; i++) {
        // The upper bits of a hash are a number in [0, 1).
        boolean left =
            (LostFeatures.mix(key + (byRow ? ids[f][i] : r)) >>> 11) * 0x1.0p-53 < dropout.rate();
        if (!unknown) {
          scales[f][i] = left ? 0 : kept;
        } else if (left && (lost == null || !lost.loses(f, batch, r))) {
          ids[f][i] = UNKNOWN_ROW;
        }
      }
    }
  }

  /** Its state: the number of the batch, which decides what is left out of the next one. */
  @Override
  public void save(StateWriter state) {
    state.longs("batch", batch);
  }

  @Override
  public void load(StateReader state) {
    batch = state.number("batch");
  }

  /** What the embedding of a value of a field is multiplied by: 0 where it is left out. */
  float scale(int field, int value) {
    return scales[field].length == 0 ? 1 : scales[field][value];
  }

  /** How many rows there are. */
  public int count() {
    return count;
  }

  InputLayout layout() {
    return layout;
  }

  /**
   * The table rows of a field, those of a row of the batch one after the other; not to be written
   * to, and to be asked for anew after each {@link #select}.
   */
  public int[] ids(int field) {
    return ids[field];
  }

  /** Where the table rows of a multi-valued field start, row by row, with the end of the last. */
  int[] offsets(int field) {
    return offsets[field];
  }

  /**
   * Reads from where the embeddings of some rows are, shortly before they are assembled: in a table
   * larger than the caches the processor then waits for the memory of many rows at once.
   *
   * @param begin the first row of the batch
   * @param end after the last one
   * @param tables in the layout's order
   * @return of no meaning; asked for so that the reading is not optimised away
   */
  public float preload(int begin, int end, List<EmbeddingTable> tables) {
    float sum = 0;
    for (int f = 0; f < fields.length; f++) {
      float[] table = tables.get(fields[f].table()).values();
      if (table.length < LARGE) {
        continue;
      }
      int width = fields[f].width();
      boolean many = fields[f].multiValued();
      int last = many ? offsets[f][end] : end;
      for (int i = many ? offsets[f][begin] : begin; i < last; i++) {
        sum += RowMemory.preload(table, ids[f][i] * width, width);
      }
    }
    return sum;
  }

  /**
   * Puts the input of a row together, as the scorer does.
   *
   * @param row of the batch
   * @param tables in the layout's order
   * @param target receives the columns
   * @param at where they start in there
   */
  public void assemble(int row, List<EmbeddingTable> tables, float[] target, int at) {
    for (int f = 0; f < fields.length; f++) {
      assemble(f, row, tables, target, at);
    }
    assembleDense(row, target, at);
  }

  /** Writes the columns of one field of a row to their places. */
  public void assemble(int f, int row, List<EmbeddingTable> tables, float[] target, int at) {
    EmbeddingField field = fields[f];
    float[] table = tables.get(field.table()).values();
    if (field.attends()) {
      Attention.pool(
          table,
          field.width(),
          field.attentionScale(),
          ids[field.query()][row],
          ids[f],
          offsets[f][row],
          offsets[f][row + 1],
          target,
          at + field.offset());
    } else if (field.multiValued()) {
      pool(f, row, table, target, at + field.offset());
    } else if (scales[f].length == 0) {
      int width = field.width();
      System.arraycopy(table, ids[f][row] * width, target, at + field.offset(), width);
    } else {
      int start = ids[f][row] * field.width();
      for (int c = 0; c < field.width(); c++) {
        target[at + field.offset() + c] = scales[f][row] * table[start + c];
      }
    }
  }

  /** Writes the numbers of a row to their places. */
  public void assembleDense(int row, float[] target, int at) {
    int start = order[from + row] * layout.denseWidth();
    for (Side side : SIDES) {
      int width = layout.denseWidth(side);
      if (width > 0) {
        System.arraycopy(dense, start, target, at + layout.denseOffset(side), width);
        start += width;
      }
    }
    if (lost != null) {
      lost.replaceNumbers(batch, row, target, at);
    }
  }

  private void pool(int f, int row, float[] table, float[] target, int to) {
    int width = fields[f].width();
    int first = offsets[f][row];
    int end = offsets[f][row + 1];
    Arrays.fill(target, to, to + width, 0f);
    for (int i = first; i < end; i++) {
      int start = ids[f][i] * width;
      float scale = scale(f, i);
      for (int c = 0; c < width; c++) {
        target[to + c] += scale * table[start + c];
      }
    }
    if (end - first > 1 && fields[f].pooling().orElseThrow() == Pooling.MEAN) {
      float share = 1f / (end - first);
      for (int c = 0; c < width; c++) {
        target[to + c] *= share;
      }
    }
  }
}
