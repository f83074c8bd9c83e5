package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Stem;
import io.ranking4j.schema.Side;
import java.util.List;

/**
 * The first products of a network, taken apart by where the columns of the input come from: those
 * of the context are summed up once a request; the embeddings of small tables are multiplied by
 * their weights once and for all; what is left, the <em>plain</em> columns, is multiplied for every
 * row by whoever asks for them. Safe to share as long as nobody writes into the tables; each thread
 * reads rows with a {@link Reader} of its own.
 */
public final class FirstLayer {
  /**
   * A table is folded while its products take no more floats than this (4 MB). Beyond, they would
   * come from a farther cache than a multiplication takes time.
   */
  public static final long FOLDED_FLOATS = 1L << 20;

  private final Stem stem;
  private final FirstLayerSide context;
  private final FirstLayerSide candidate;

  /** Takes the layer apart; nothing is multiplied yet. */
  public FirstLayer(Stem stem, InputLayout layout, List<EmbeddingTable> tables) {
    InputAssembler.checkTables(layout, tables);
    this.stem = stem;
    this.context = new FirstLayerSide(stem, layout, Side.CONTEXT, tables);
    this.candidate = new FirstLayerSide(stem, layout, Side.CANDIDATE, tables);
  }

  /** The columns that it gives. */
  public int width() {
    return stem.width();
  }

  /** The columns of a side that are left to be multiplied for every row. */
  public int plainWidth(Side side) {
    return side(side).plainWidth();
  }

  /** Plain width x width: what the plain columns of a side are multiplied by; a copy. */
  public float[] plainWeights(Side side) {
    return side(side).plainWeights();
  }

  private FirstLayerSide side(Side side) {
    return side == Side.CONTEXT ? context : candidate;
  }

  /** What one thread needs to read rows. */
  public Reader newReader() {
    return new Reader();
  }

  /** Reads rows; used by one thread at a time. */
  public final class Reader {
    private final FirstLayerSide.Reader ofContext = context.newReader();
    private final FirstLayerSide.Reader ofCandidate = candidate.newReader();
    private final float[] plainContext = new float[context.plainWidth()];
    private final float[][] residuals = new float[stem.levels()][width()];

    /**
     * What all candidates of a request start from: the biases and the sums of the context.
     *
     * @param rows one row of the context; read until the last candidate is
     * @param sums receives them
     */
    public void start(EncodedRows rows, float[] sums) {
      start(sums);
      ofContext.bind(rows);
      ofCandidate.context(rows);
      ofContext.add(0, sums);
      ofContext.plain(0, 1, plainContext, 0, plainContext.length);
      context.addPlain(plainContext, sums);
    }

    /** What rows start from where every column is summed for every row: the biases. */
    public void start(float[] sums) {
      ofCandidate.context(null);
      System.arraycopy(stem.bias(), 0, sums, 0, sums.length);
    }

    /** The rows that are read from now on: of the candidates, or of both sides. */
    public void bind(EncodedRows rows) {
      ofCandidate.bind(rows);
      if (rows.side().isEmpty()) {
        ofContext.bind(rows);
      }
    }

    /**
     * Copies the plain columns of a side.
     *
     * @param from the first row
     * @param count how many rows
     * @param target receives them, those of the first row from {@code at} on
     * @param stride floats from a row to the next there
     */
    public void plain(Side side, int from, int count, float[] target, int at, int stride) {
      (side == Side.CONTEXT ? ofContext : ofCandidate).plain(from, count, target, at, stride);
    }

    /** Adds what the folded embeddings of the context add to a row of both sides. */
    public void addContext(int row, float[] sums) {
      ofContext.add(row, sums);
    }

    /**
     * Adds what the folded embeddings of the candidate add, and what follows the sums: activations,
     * normalisations, residuals.
     *
     * @param sums what the row starts from and the product of its plain columns; replaced by what
     *     the layer gives
     */
    public void finish(int row, float[] sums) {
      ofCandidate.addAndBend(row, sums, stem.linear(), stem.absolute());
      if (stem.shifts().length > 0) {
        Sums.add(sums, stem.shifts());
      }
      stem.addResiduals(sums, residuals);
    }
  }
}
