package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.Pooling;
import io.ranking4j.schema.Side;
import java.util.Arrays;
import java.util.List;

/**
 * Puts rows of a network's input together from embeddings and numbers; the same for training and
 * for serving. Safe to share as long as nobody writes into the tables.
 */
public final class InputAssembler {
  private final InputLayout layout;
  private final EmbeddingField[] context;
  private final EmbeddingField[] candidate;
  private final float[][] tables;

  /** Makes one from the layout and its tables, in the layout's order. */
  public InputAssembler(InputLayout layout, List<EmbeddingTable> tables) {
    if (!layout.tables().equals(tables.stream().map(EmbeddingTable::spec).toList())) {
      throw new IllegalArgumentException(
          "the layout has tables "
              + layout.tables()
              + ", but was given "
              + tables.stream().map(EmbeddingTable::spec).toList());
    }
    this.layout = layout;
    this.context = fields(Side.CONTEXT);
    this.candidate = fields(Side.CANDIDATE);
    this.tables = tables.stream().map(EmbeddingTable::values).toArray(float[][]::new);
  }

  private EmbeddingField[] fields(Side side) {
    return layout.embeddings().stream()
        .filter(field -> field.side() == side)
        .toArray(EmbeddingField[]::new);
  }

  /**
   * Writes the columns of one side.
   *
   * @param side which
   * @param rows encoded rows that have this side
   * @param row which of them
   * @param target receives the columns
   * @param at where the row of the whole input, of both sides, starts in there
   */
  public void assemble(Side side, EncodedRows rows, int row, float[] target, int at) {
    for (EmbeddingField field : side == Side.CONTEXT ? context : candidate) {
      float[] table = tables[field.table()];
      int width = field.width();
      int to = at + field.offset();
      int[] ids = rows.ids(field.index());
      if (field.multiValued()) {
        pool(field, table, ids, rows.offsets(field.index()), row, target, to);
      } else {
        System.arraycopy(table, ids[row] * width, target, to, width);
      }
    }
    int width = layout.denseWidth(side);
    if (width > 0) {
      int skip =
          side == Side.CANDIDATE && rows.side().isEmpty() ? layout.denseWidth(Side.CONTEXT) : 0;
      System.arraycopy(
          rows.dense(),
          row * rows.denseWidth() + skip,
          target,
          at + layout.denseOffset(side),
          width);
    }
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

  /** The columns that it writes. */
  public InputLayout layout() {
    return layout;
  }
}
