package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies some embeddings and the numbers of one side of a row to their places. Immutable and safe
 * to share as long as nobody writes into the tables.
 */
final class Gather {
  private final InputLayout layout;
  private final EmbeddingField[] fields;
  private final float[][] tables;
  private final int[] places;
  private final int denseWidth;
  private final int densePlace;

  /** Whether rows of both sides have the numbers of the context before those of this side. */
  private final int skip;

  /**
   * Makes one.
   *
   * @param layout the input
   * @param side the side
   * @param fields those of its fields that are copied
   * @param places where each goes
   * @param densePlace where the numbers of the side go
   * @param tables all tables of the layout
   */
  Gather(
      InputLayout layout,
      Side side,
      List<EmbeddingField> fields,
      int[] places,
      int densePlace,
      List<EmbeddingTable> tables) {
    this.layout = layout;
    this.fields = fields.toArray(new EmbeddingField[0]);
    this.tables = new float[fields.size()][];
    for (int f = 0; f < this.fields.length; f++) {
      this.tables[f] = tables.get(this.fields[f].table()).values();
    }
    this.places = places;
    this.denseWidth = layout.denseWidth(side);
    this.densePlace = densePlace;
    this.skip = side == Side.CANDIDATE ? layout.denseWidth(Side.CONTEXT) : 0;
  }

  /**
   * Writes the columns of rows.
   *
   * @param context the row of the context, where the rows are of candidates alone and their side
   *     has lists of the context; else null
   * @param from the first row
   * @param count how many
   * @param target receives them; places of the first row are counted from {@code at}
   * @param stride floats from a row to the next there
   */
  void rows(
      EncodedRows rows,
      @Nullable EncodedRows context,
      int from,
      int count,
      float[] target,
      int at,
      int stride) {
    // Field by field: the rows of a table are then fetched independently of one another.
    for (int f = 0; f < fields.length; f++) {
      EmbeddingField field = fields[f];
      if (field.attends()) {
        attend(f, rows, context, from, count, target, at + places[f], stride);
        continue;
      }
      int[] ids = rows.ids(field.index());
      if (field.multiValued()) {
        int[] offsets = rows.offsets(field.index());
        for (int r = 0; r < count; r++) {
          pool(field, tables[f], ids, offsets, from + r, target, at + r * stride + places[f]);
        }
      } else {
        copy(tables[f], field.width(), ids, from, count, target, at + places[f], stride);
      }
    }
    if (denseWidth > 0) {
      for (int r = 0; r < count; r++) {
        int start = denseStart(rows, from + r);
        System.arraycopy(rows.dense(), start, target, at + r * stride + densePlace, denseWidth);
      }
    }
  }

  private void attend(
      int f,
      EncodedRows rows,
      @Nullable EncodedRows context,
      int from,
      int count,
      float[] target,
      int at,
      int stride) {
    EmbeddingField field = fields[f];
    EmbeddingField query = layout.embeddings().get(field.query());
    EncodedRows ofList = source(field.side(), rows, context);
    EncodedRows ofQuery = source(query.side(), rows, context);
    int[] ids = ofList.ids(field.index());
    int[] offsets = ofList.offsets(field.index());
    int[] queries = ofQuery.ids(query.index());
    float scale = field.attentionScale();
    for (int r = 0; r < count; r++) {
      int list = ofList == rows ? from + r : 0;
      int asked = queries[ofQuery == rows ? from + r : 0];
      Attention.pool(
          tables[f],
          field.width(),
          scale,
          asked,
          ids,
          offsets[list],
          offsets[list + 1],
          target,
          at + r * stride);
    }
  }

  /** Where the values of a side are. */
  private static EncodedRows source(Side side, EncodedRows rows, @Nullable EncodedRows context) {
    boolean here = rows.side().isEmpty() || rows.side().get() == side;
    return here ? rows : Objects.requireNonNull(context, "the context of these candidates");
  }

  private static void copy(
      float[] table,
      int width,
      int[] ids,
      int from,
      int count,
      float[] target,
      int at,
      int stride) {
    for (int r = 0; r < count; r++) {
      System.arraycopy(table, ids[from + r] * width, target, at + r * stride, width);
    }
  }

  private int denseStart(EncodedRows rows, int row) {
    return row * rows.denseWidth() + (rows.side().isEmpty() ? skip : 0);
  }

  private static void pool(
      EmbeddingField field,
      float[] table,
      int[] ids,
      int[] offsets,
      int row,
      float[] target,
      int to) {
    int width = field.width();
    int from = offsets[row];
    int end = offsets[row + 1];
    Arrays.fill(target, to, to + width, 0f);
    for (int i = from; i < end; i++) {
      int start = ids[i] * width;
      for (int c = 0; c < width; c++) {
        target[to + c] += table[start + c];
      }
    }
    if (end - from > 1 && field.pooling().orElseThrow() == Pooling.MEAN) {
      float share = 1f / (end - from);
      for (int c = 0; c < width; c++) {
        target[to + c] *= share;
      }
    }
  }
}
