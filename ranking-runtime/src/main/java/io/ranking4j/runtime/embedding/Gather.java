package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.Side;
import java.util.Arrays;
import java.util.List;

/**
 * Copies some embeddings and the numbers of one side of a row to their places. Immutable and safe
 * to share as long as nobody writes into the tables.
 */
final class Gather {
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
    this.fields = fields.toArray(EmbeddingField[]::new);
    this.tables =
        fields.stream().map(field -> tables.get(field.table()).values()).toArray(float[][]::new);
    this.places = places;
    this.denseWidth = layout.denseWidth(side);
    this.densePlace = densePlace;
    this.skip = side == Side.CANDIDATE ? layout.denseWidth(Side.CONTEXT) : 0;
  }

  /** Writes the columns of a row; places are counted from {@code at}. */
  void row(EncodedRows rows, int row, float[] target, int at) {
    for (int f = 0; f < fields.length; f++) {
      EmbeddingField field = fields[f];
      int width = field.width();
      int to = at + places[f];
      int[] ids = rows.ids(field.index());
      if (field.multiValued()) {
        pool(field, tables[f], ids, rows.offsets(field.index()), row, target, to);
      } else {
        System.arraycopy(tables[f], ids[row] * width, target, to, width);
      }
    }
    if (denseWidth > 0) {
      System.arraycopy(rows.dense(), denseStart(rows, row), target, at + densePlace, denseWidth);
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
