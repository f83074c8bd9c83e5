package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.input.TableSpec;
import io.ranking4j.schema.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows of a network's input together from embeddings and numbers; the same for training and
 * for serving. Safe to share as long as nobody writes into the tables.
 */
public final class InputAssembler {
  private final InputLayout layout;
  private final Gather context;
  private final Gather candidate;

  /** Makes one from the layout and its tables, in the layout's order. */
  public InputAssembler(InputLayout layout, List<EmbeddingTable> tables) {
    checkTables(layout, tables);
    this.layout = layout;
    this.context = gather(Side.CONTEXT, tables);
    this.candidate = gather(Side.CANDIDATE, tables);
  }

  /** Refuses other tables than those of the layout. */
  static void checkTables(InputLayout layout, List<EmbeddingTable> tables) {
    List<TableSpec> specs = EmbeddingTable.specs(tables);
    if (!layout.tables().equals(specs)) {
      throw new IllegalArgumentException(
          "the layout has tables " + layout.tables() + ", but was given " + specs);
    }
  }

  private Gather gather(Side side, List<EmbeddingTable> tables) {
    List<EmbeddingField> fields = layout.embeddings(side);
    int[] places = fields.stream().mapToInt(EmbeddingField::offset).toArray();
    return new Gather(layout, side, fields, places, layout.denseOffset(side), tables);
  }

  /**
   * Writes the columns of one row and side; see {@link #assemble(Side, EncodedRows, int, int,
   * float[], int)}.
   */
  public void assemble(Side side, EncodedRows rows, int row, float[] target, int at) {
    assemble(side, rows, row, 1, target, at);
  }

  /**
   * Writes the columns of one side.
   *
   * @param side which
   * @param rows encoded rows that have this side
   * @param from the first of them
   * @param count how many
   * @param target receives the columns, row after row of the whole input
   * @param at where the first row of the whole input, of both sides, starts in there
   */
  public void assemble(Side side, EncodedRows rows, int from, int count, float[] target, int at) {
    assemble(side, rows, null, from, count, target, at);
  }

  /**
   * Writes the columns of one side; see above.
   *
   * @param ofContext the row of the context, where the rows are of its candidates alone; else null
   */
  public void assemble(
      Side side,
      EncodedRows rows,
      @Nullable EncodedRows ofContext,
      int from,
      int count,
      float[] target,
      int at) {
    Gather gather = side == Side.CONTEXT ? context : candidate;
    gather.rows(rows, ofContext, from, count, target, at, layout.width());
  }

  /** The columns that it writes. */
  public InputLayout layout() {
    return layout;
  }
}
