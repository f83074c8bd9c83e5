package io.ranking4j.report;

import java.util.List;

/**
 * A part of a report with a heading of its own. Implementations are immutable and safe to share; a
 * new kind of section is a new class that puts {@linkplain Block blocks} together, nothing else has
 * to know it.
 */
public interface Section {

  /** Returns the heading. */
  String title();

  /**
   * Returns what is shown, from top to bottom. A section without blocks is left out of the report,
   * heading and all.
   */
  List<Block> blocks();

  /**
   * Returns a section of these blocks.
   *
   * @param title the heading
   * @param blocks what is shown, from top to bottom; copied
   */
  static Section of(String title, List<? extends Block> blocks) {
    List<Block> copy = List.copyOf(blocks);
    return new Section() {
      @Override
      public String title() {
        return title;
      }

      @Override
      public List<Block> blocks() {
        return copy;
      }
    };
  }
}
