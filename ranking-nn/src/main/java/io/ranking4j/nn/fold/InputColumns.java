package io.ranking4j.nn.fold;

import io.ranking4j.runtime.input.EmbeddingField;
import io.ranking4j.runtime.input.InputLayout;
import io.ranking4j.schema.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the input in another order: first those of <em>plain</em> fields, which are
 * gathered and multiplied, then the numbers, then those of folded fields.
 *
 * @param plain the fields that are gathered
 * @param learned how many columns these have
 * @param gathered how many columns are multiplied: those and the numbers
 * @param all how many columns there are
 * @param ranges the columns, in the new order, joined where neighbours stay neighbours
 * @param places by field, its first column in the new order
 */
record InputColumns(
    List<EmbeddingField> plain,
    int learned,
    int gathered,
    int all,
    List<Range> ranges,
    int[] places) {
  /**
   * Columns that stay side by side.
   *
   * @param from the first of them in the input
   * @param at the first of them in the new order
   * @param count how many
   */
  record Range(int from, int at, int count) {}

  /** Puts the columns into order. */
  static InputColumns of(InputLayout layout, boolean[] folded) {
    List<EmbeddingField> plain =
        layout.embeddings().stream().filter(field -> !folded[field.index()]).toList();
    List<Range> ranges = new ArrayList<>();
    int[] places = new int[layout.embeddings().size()];
    int at = append(plain, ranges, places, 0);
    int learned = at;
    for (Side side : Side.values()) {
      at = append(ranges, layout.denseOffset(side), at, layout.denseWidth(side), false);
    }
    int gathered = at;
    int first = ranges.size();
    List<EmbeddingField> rest =
        layout.embeddings().stream().filter(field -> folded[field.index()]).toList();
    List<Range> last = new ArrayList<>();
    at = append(rest, last, places, at);
    ranges.addAll(first, last);
    return new InputColumns(plain, learned, gathered, at, List.copyOf(ranges), places);
  }

  private static int append(
      List<EmbeddingField> fields, List<Range> ranges, int[] places, int start) {
    int at = start;
    for (EmbeddingField field : fields) {
      places[field.index()] = at;
      at = append(ranges, field.offset(), at, field.width(), true);
    }
    return at;
  }

  private static int append(List<Range> ranges, int from, int at, int count, boolean join) {
    int last = ranges.size() - 1;
    if (join && last >= 0 && ranges.get(last).from() + ranges.get(last).count() == from) {
      Range before = ranges.get(last);
      ranges.set(last, new Range(before.from(), before.at(), before.count() + count));
    } else if (count > 0) {
      ranges.add(new Range(from, at, count));
    }
    return at + count;
  }

  /** Copies the gathered columns of a row of the input to their new order. */
  void gather(float[] input, float[] target) {
    for (Range range : ranges) {
      if (range.at() < gathered) {
        System.arraycopy(input, range.from(), target, range.at(), range.count());
      }
    }
  }
}
