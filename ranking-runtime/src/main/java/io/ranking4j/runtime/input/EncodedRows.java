package io.ranking4j.runtime.input;

import io.ranking4j.error.DataException;
import io.ranking4j.schema.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Impressions as a network reads them: rows of embedding tables, and numbers. Made of a few arrays
 * that are handed out without copying and may be longer than needed; whoever asks for them writes
 * nothing into them.
 *
 * <p>Of a data set it has all features. Of a request it has those of one side, either one row for
 * the context or one for each candidate; such a one is a buffer that a {@link FeatureEncoder} fills
 * anew for each request and that grows when it must. Not safe to share between threads while it is
 * filled.
 */
public final class EncodedRows {
  private static final int[] NONE = {};

  private final InputLayout layout;
  private final @Nullable Side side;
  private final int denseWidth;
  private final int denseStart;
  private final int[][] ids;
  private final int[][] offsets;
  private final int[] missing;
  private float[] dense = {};
  private int rows;

  /** What the encoder works with while it fills this; kept so that it is not made anew. */
  final Utf8Key key = new Utf8Key();

  @Nullable Object[] values = {};

  EncodedRows(InputLayout layout, @Nullable Side side) {
    this.layout = layout;
    this.missing = new int[layout.embeddings().size() + layout.dense().size()];
    this.side = side;
    this.denseWidth = side == null ? layout.denseWidth() : layout.denseWidth(side);
    this.denseStart = side == Side.CANDIDATE ? layout.denseWidth(Side.CONTEXT) : 0;
    this.ids = new int[layout.embeddings().size()][];
    this.offsets = new int[ids.length][];
    Arrays.fill(ids, NONE);
    Arrays.fill(offsets, NONE);
  }

  /**
   * Rows of several data sets, one after the other.
   *
   * @param parts encoded data sets of one layout, at least one
   */
  public static EncodedRows concat(List<EncodedRows> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    InputLayout layout = parts.get(0).layout;
    EncodedRows all = new EncodedRows(layout, null);
    int rows = 0;
    for (EncodedRows part : parts) {
      rows = Math.addExact(rows, part.rows);
    }
    all.start(rows);
    for (EmbeddingField field : layout.embeddings()) {
      all.concat(field, parts);
    }
    int at = 0;
    for (EncodedRows part : parts) {
      System.arraycopy(part.dense, 0, all.dense, at, part.rows * part.denseWidth);
      at += part.rows * part.denseWidth;
      for (int i = 0; i < part.missing.length; i++) {
        all.missing[i] += part.missing[i];
      }
    }
    return all;
  }

  private void concat(EmbeddingField field, List<EncodedRows> parts) {
    int f = field.index();
    int row = 0;
    int at = 0;
    for (EncodedRows part : parts) {
      int count = field.multiValued() ? part.offsets[f][part.rows] : part.rows;
      if (field.multiValued()) {
        for (int r = 0; r < part.rows; r++) {
          offsets[f][row + r + 1] = at + part.offsets[f][r + 1];
        }
        if (ids[f].length < at + count) {
          ids[f] = Arrays.copyOf(ids[f], Math.addExact(at + count, at >> 1));
        }
      }
      System.arraycopy(part.ids[f], 0, ids[f], at, count);
      at += count;
      row += part.rows;
    }
  }

  /** Makes room for so many rows, and forgets those that were there. */
  void start(int count) {
    rows = count;
    Arrays.fill(missing, 0);
    for (EmbeddingField field : layout.embeddings()) {
      int i = field.index();
      if (!has(field)) {
        continue;
      }
      if (!field.multiValued()) {
        ids[i] = room(ids[i], count);
      } else {
        offsets[i] = room(offsets[i], count + 1);
        offsets[i][0] = 0;
      }
    }
    long floats = (long) count * denseWidth;
    if (floats > Integer.MAX_VALUE - 8) {
      throw new DataException(
          count
              + " rows of "
              + denseWidth
              + " dense columns are more than one array can hold; encode fewer rows at a time");
    }
    if (dense.length < floats) {
      dense = new float[grown(dense.length, (int) floats)];
    }
  }

  private static int[] room(int[] array, int needed) {
    return array.length >= needed ? array : new int[grown(array.length, needed)];
  }

  /** At least as long as needed, and half as long again as a buffer that has become too short. */
  private static int grown(int length, int needed) {
    return (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 8, length * 3L / 2));
  }

  private boolean has(EmbeddingField field) {
    return side == null || side == field.side();
  }

  void countMissing(int feature) {
    missing[feature]++;
  }

  /** Starts the list of a row of a multi-valued field; rows are filled in order. */
  void startList(int field, int row) {
    offsets[field][row + 1] = offsets[field][row];
  }

  /** Adds to the list of the row that was started last. */
  void add(int field, int row, int tableRow) {
    int at = offsets[field][row + 1];
    if (at == ids[field].length) {
      ids[field] = Arrays.copyOf(ids[field], Math.max(16, Math.addExact(at, at >> 1)));
    }
    ids[field][at] = tableRow;
    offsets[field][row + 1] = at + 1;
  }

  /** Where in {@link #dense()} a row has the dense columns that start at that offset. */
  int denseAt(int row, int denseOffset) {
    return row * denseWidth + denseOffset - denseStart;
  }

  /** The columns that this is made for. */
  public InputLayout layout() {
    return layout;
  }

  /** The side whose features it has; empty where it has both. */
  public Optional<Side> side() {
    return Optional.ofNullable(side);
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /**
   * In how many rows a feature had no value, whatever they have instead.
   *
   * @param feature its place among the features of the schema
   */
  public int missing(int feature) {
    return missing[feature];
  }

  /**
   * Rows of the field's table. Of a field with one value, element {@code r} is that of row {@code
   * r}. Of a multi-valued field, those of row {@code r} are the elements from {@code offsets[r]} up
   * to before {@code offsets[r + 1]}.
   *
   * @param field its {@link EmbeddingField#index()}
   * @throws IllegalArgumentException where the field is of a side that this has not
   */
  public int[] ids(int field) {
    check(field);
    return ids[field];
  }

  /**
   * Where the rows of the table of each row start; one more than there are rows.
   *
   * @param field its {@link EmbeddingField#index()}
   * @throws IllegalArgumentException where the field has one value, or is of a side that this has
   *     not
   */
  public int[] offsets(int field) {
    check(field);
    if (!layout.embeddings().get(field).multiValued()) {
      throw new IllegalArgumentException(
          "feature '" + layout.embeddings().get(field).feature() + "' is not multi-valued");
    }
    return offsets[field];
  }

  private void check(int field) {
    EmbeddingField asked = layout.embeddings().get(field);
    if (!has(asked)) {
      throw new IllegalArgumentException(
          "feature '"
              + asked.feature()
              + "' is of the "
              + asked.side()
              + " side, but these rows are of the "
              + side
              + " side");
    }
  }

  /**
   * The dense columns, row after row, {@link #denseWidth()} each. Of a data set these are {@link
   * DenseField#denseOffset()} for {@link DenseField#offset()}: first those of the context, which go
   * to the input from {@link InputLayout#denseOffset} of the context on, then those of the
   * candidate, which go there from that of the candidate on. Of one side they are those of that
   * side alone.
   */
  public float[] dense() {
    return dense;
  }

  /** How many dense columns a row has here. */
  public int denseWidth() {
    return denseWidth;
  }
}
