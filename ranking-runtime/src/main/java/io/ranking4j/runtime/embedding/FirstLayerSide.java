package io.ranking4j.runtime.embedding;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.EncodedRows;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.runtime.plan.Stem;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One side of a {@link FirstLayer}: its folded fields, and its plain columns. */
final class FirstLayerSide {
  private final FoldedField[] single;
  private final FoldedField[] lists;
  private final Gather gather;
  private final float[][] plainWeights;

  /** What stands for a field that is not there: fields are added four at a time. */
  private final float[] nothing;

  FirstLayerSide(Stem stem, InputLayout layout, Side side, List<EmbeddingTable> tables) {
    List<FoldedField> ofOne = new ArrayList<>();
    List<FoldedField> ofLists = new ArrayList<>();
    List<EmbeddingField> plain = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    for (EmbeddingField field : layout.embeddings(side)) {
      EmbeddingTable table = tables.get(field.table());
      float[][] weights = weights(stem, field.offset(), field.width());
      if (!field.attends()
          && (long) table.spec().rows() * stem.width() <= FirstLayer.FOLDED_FLOATS) {
        (field.multiValued() ? ofLists : ofOne).add(new FoldedField(field, table, weights));
      } else {
        places.add(rows.size());
        plain.add(field);
        rows.addAll(List.of(weights));
      }
    }
    int densePlace = rows.size();
    rows.addAll(List.of(weights(stem, layout.denseOffset(side), layout.denseWidth(side))));
    single = ofOne.toArray(new FoldedField[0]);
    lists = ofLists.toArray(new FoldedField[0]);
    plainWeights = rows.toArray(new float[0][]);
    nothing = new float[stem.width()];
    int[] at = new int[places.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = places.get(i);
    }
    gather = new Gather(layout, side, plain, at, densePlace, tables);
  }

  private static float[][] weights(Stem stem, int from, int count) {
    float[][] rows = new float[count][stem.width()];
    for (int r = 0; r < count; r++) {
      System.arraycopy(stem.weights(), (from + r) * stem.width(), rows[r], 0, stem.width());
    }
    return rows;
  }

  int plainWidth() {
    return plainWeights.length;
  }

  float[] plainWeights() {
    int width = nothing.length;
    float[] flat = new float[plainWeights.length * width];
    for (int r = 0; r < plainWeights.length; r++) {
      System.arraycopy(plainWeights[r], 0, flat, r * width, width);
    }
    return flat;
  }

  /** Adds the product of plain columns. */
  void addPlain(float[] plain, float[] sums) {
    Sums.addProduct(sums, plain, 0, plainWeights);
  }

  Reader newReader() {
    return new Reader();
  }

  /** Reads this side of rows; used by one thread at a time. */
  final class Reader {
    private final int[][] ids = new int[single.length][];
    private EncodedRows rows;
    private @Nullable EncodedRows context;

    @SuppressWarnings("NullAway.Init") // nothing is read before rows are bound
    Reader() {}

    void bind(EncodedRows bound) {
      rows = bound;
      for (int f = 0; f < ids.length; f++) {
        ids[f] = bound.ids(single[f].field().index());
      }
    }

    /** The context of the rows that are bound, where they are of candidates alone. */
    void context(@Nullable EncodedRows row) {
      context = row;
    }

    void plain(int from, int count, float[] target, int at, int stride) {
      gather.rows(rows, context, from, count, target, at, stride);
    }

    private float[] product(int field, int row) {
      return field < ids.length ? single[field].product(ids[field][row]) : nothing;
    }

    /**
     * Adds what the folded fields of a row add.
     *
     * @param from what the sums start from; may be {@code sums}
     */
    void sum(int row, float[] from, float[] sums) {
      Sums.sum(sums, from, product(0, row), product(1, row), product(2, row), product(3, row));
      for (int f = 4; f < ids.length; f += 4) {
        Sums.add(
            sums, product(f, row), product(f + 1, row), product(f + 2, row), product(f + 3, row));
      }
      for (FoldedField list : lists) {
        int index = list.field().index();
        list.addAll(rows.ids(index), rows.offsets(index), row, sums);
      }
    }
  }
}
