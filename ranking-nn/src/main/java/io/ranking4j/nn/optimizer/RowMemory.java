package io.ranking4j.nn.optimizer;

import io.ranking4j.nn.state.StateReader;
import io.ranking4j.nn.state.StateWriter;
import io.ranking4j.nn.state.Stateful;
import java.util.Arrays;

/**
 * What is remembered of the rows of one table: the same number of floats for each, which lie side
 * by side, so that all that belongs to a row costs one access to a place that no cache holds. Zeros
 * at first. Different rows may be used by different threads at once.
 */
public final class RowMemory implements Stateful {
  /** Rows of a page: the floats of a large table may be more than one array holds. */
  private static final int PAGE_BITS = 15;

  private static final int PAGE_ROWS = 1 << PAGE_BITS;

  /** Floats of a line of the cache. */
  private static final int LINE = 16;

  private final int rows;
  private final int width;
  private final float[][] pages;

  /**
   * Allocates it.
   *
   * @param rows of the table
   * @param width floats of a row
   */
  public RowMemory(int rows, int width) {
    if (rows < 0 || width < 0) {
      throw new IllegalArgumentException(
          "rows and width must be at least 0, but were " + rows + " and " + width);
    }
    this.rows = rows;
    this.width = width;
    this.pages = new float[(int) (((long) rows + PAGE_ROWS - 1) >>> PAGE_BITS)][];
    for (int page = 0; page < pages.length; page++) {
      int inPage = Math.min(PAGE_ROWS, rows - page * PAGE_ROWS);
      pages[page] = new float[Math.multiplyExact(inPage, width)];
    }
  }

  /** The floats that those of a row are among. */
  public float[] page(int row) {
    return pages[row >>> PAGE_BITS];
  }

  /** Where those of a row start in {@link #page}. */
  public int at(int row) {
    return width * (row & (PAGE_ROWS - 1));
  }

  @Override
  public void save(StateWriter state) {
    state.floats(
        "rows",
        (long) rows * width,
        out -> {
          for (float[] page : pages) {
            out.writeFloats(page, 0, page.length);
          }
        });
  }

  @Override
  public void load(StateReader state) {
    state.bytes(
        "rows",
        in -> {
          for (float[] page : pages) {
            in.readFloats(page, 0, page.length);
          }
        });
  }

  /** Sets all to zero. */
  void clear() {
    for (float[] page : pages) {
      Arrays.fill(page, 0f);
    }
  }

  /** Reads from each line of a row, as {@link RowOptimizer.State#preload} does. */
  float preload(int row) {
    return width == 0 ? 0 : preload(page(row), at(row), width);
  }

  /** Reads from each line of some floats: a number without meaning. */
  static float preload(float[] floats, int from, int count) {
    float sum = floats[from + count - 1];
    for (int i = from; i < from + count; i += LINE) {
      sum += floats[i];
    }
    return sum;
  }
}
