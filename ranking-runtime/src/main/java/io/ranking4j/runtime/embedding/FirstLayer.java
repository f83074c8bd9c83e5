package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Stem;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The first products of a network, taken apart by where the columns of the input come from: those
 * of the context are summed up once a request; the embeddings of small tables are multiplied by
 * their weights once and for all; what is left, the <em>plain</em> columns, is multiplied for every
 * row by whoever asks for them. Safe to share as long as nobody writes into the tables.
 */
public final class FirstLayer {
  /**
   * A table is folded while its products take no more floats than this (4 MB). Beyond, they would
   * come from a farther cache than a multiplication takes time.
   */
  public static final long FOLDED_FLOATS = 1L << 20;

  private final Stem stem;
  private final Part context;
  private final Part candidate;

  /** Takes the layer apart; nothing is multiplied yet. */
  public FirstLayer(Stem stem, InputLayout layout, List<EmbeddingTable> tables) {
    InputAssembler.checkTables(layout, tables);
    this.stem = stem;
    this.context = new Part(stem, layout, Side.CONTEXT, tables);
    this.candidate = new Part(stem, layout, Side.CANDIDATE, tables);
  }

  /** The columns that it gives. */
  public int width() {
    return stem.width();
  }

  /** The columns of a side that are left to be multiplied for every row. */
  public int plainWidth(Side side) {
    return part(side).weights.length;
  }

  /** Plain width x width: what the plain columns of a side are multiplied by; a copy. */
  public float[] plainWeights(Side side) {
    float[][] rows = part(side).weights;
    float[] flat = new float[rows.length * width()];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, flat, r * width(), width());
    }
    return flat;
  }

  /**
   * Copies the plain columns of a side.
   *
   * @param target receives them from {@code at} on
   */
  public void plain(Side side, EncodedRows rows, int row, float[] target, int at) {
    part(side).gather.row(rows, row, target, at);
  }

  /** What rows start from where every column is summed for every row: the biases. */
  public void start(float[] sums) {
    System.arraycopy(stem.bias(), 0, sums, 0, width());
  }

  /**
   * What all candidates of a request start from: the biases and the sums of the context.
   *
   * @param sums receives them
   * @param scratch at least as long as the context has plain columns; overwritten
   */
  public void start(EncodedRows ofContext, float[] sums, float[] scratch) {
    start(sums);
    context.addFolded(ofContext, 0, sums);
    if (context.weights.length > 0) {
      context.gather.row(ofContext, 0, scratch, 0);
      Sums.addProduct(sums, scratch, 0, context.weights);
    }
  }

  /** Adds what the folded embeddings of the context add to a row of both sides. */
  public void addContext(EncodedRows rows, int row, float[] sums) {
    context.addFolded(rows, row, sums);
  }

  /**
   * Adds what the folded embeddings of the candidate add, and what follows the sums: activations,
   * normalisations, residuals.
   *
   * @param sums what the row starts from and the product of its plain columns; replaced by what the
   *     layer gives
   * @param scratch of {@link #newScratch}
   */
  public void finish(EncodedRows rows, int row, float[] sums, float[][] scratch) {
    candidate.addFolded(rows, row, sums, stem.linear(), stem.absolute());
    if (stem.shifts().length > 0) {
      Sums.add(sums, stem.shifts());
    }
    stem.addResiduals(sums, scratch);
  }

  /** What a thread needs for {@link #finish}. */
  public float[][] newScratch() {
    return new float[stem.levels()][width()];
  }

  private Part part(Side side) {
    return side == Side.CONTEXT ? context : candidate;
  }

  /** One side. */
  private static final class Part {
    private final FoldedField[] single;
    private final FoldedField[] lists;
    private final Gather gather;
    private final float[][] weights;

    /** What stands for a field that is not there: fields are added four at a time. */
    private final float[] nothing;

    Part(Stem stem, InputLayout layout, Side side, List<EmbeddingTable> tables) {
      List<FoldedField> ofOne = new ArrayList<>();
      List<FoldedField> ofLists = new ArrayList<>();
      List<EmbeddingField> plain = new ArrayList<>();
      List<float[]> rows = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      for (EmbeddingField field : layout.embeddings(side)) {
        EmbeddingTable table = tables.get(field.table());
        float[][] own = rows(stem, field.offset(), field.width());
        if ((long) table.spec().rows() * stem.width() <= FOLDED_FLOATS) {
          (field.multiValued() ? ofLists : ofOne).add(new FoldedField(field, table, own));
        } else {
          places.add(rows.size());
          plain.add(field);
          rows.addAll(List.of(own));
        }
      }
      single = ofOne.toArray(new FoldedField[0]);
      lists = ofLists.toArray(new FoldedField[0]);
      nothing = new float[stem.width()];
      int densePlace = rows.size();
      rows.addAll(List.of(rows(stem, layout.denseOffset(side), layout.denseWidth(side))));
      weights = rows.toArray(new float[0][]);
      gather =
          new Gather(
              layout,
              side,
              plain,
              places.stream().mapToInt(Integer::intValue).toArray(),
              densePlace,
              tables);
    }

    private float[] product(EncodedRows rows, int row, int field) {
      return field < single.length ? single[field].of(rows, row) : nothing;
    }

    private void addLists(EncodedRows rows, int row, float[] sums) {
      for (FoldedField list : lists) {
        list.addAll(rows, row, sums);
      }
    }

    private void addFour(EncodedRows rows, int row, int f, float[] sums) {
      Sums.add(
          sums,
          product(rows, row, f),
          product(rows, row, f + 1),
          product(rows, row, f + 2),
          product(rows, row, f + 3));
    }

    void addFolded(EncodedRows rows, int row, float[] sums) {
      addLists(rows, row, sums);
      for (int f = 0; f < single.length; f += 4) {
        addFour(rows, row, f, sums);
      }
    }

    /** Adds, and bends the sums in the same walk. */
    void addFolded(EncodedRows rows, int row, float[] sums, float[] linear, float[] absolute) {
      addLists(rows, row, sums);
      int f = 0;
      for (; f + 4 < single.length; f += 4) {
        addFour(rows, row, f, sums);
      }
      Sums.addAndBend(
          sums,
          product(rows, row, f),
          product(rows, row, f + 1),
          product(rows, row, f + 2),
          product(rows, row, f + 3),
          linear,
          absolute);
    }

    private static float[][] rows(Stem stem, int from, int count) {
      float[][] rows = new float[count][stem.width()];
      for (int r = 0; r < count; r++) {
        System.arraycopy(stem.weights(), (from + r) * stem.width(), rows[r], 0, stem.width());
      }
      return rows;
    }
  }
}
