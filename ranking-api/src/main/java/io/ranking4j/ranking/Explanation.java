package io.ranking4j.ranking;

import java.util.List;

/**
 * A number and where it comes from, as a tree.
 *
 * @param value the number
 * @param description what it is
 * @param details what it was made from, in order
 */
public record Explanation(double value, String description, List<Explanation> details) {
  /** Copies the details. */
  public Explanation {
    details = List.copyOf(details);
  }

  /** A number with what it was made from. */
  public static Explanation of(double value, String description, Explanation... details) {
    return new Explanation(value, description, List.of(details));
  }

  /** The tree, one line a node, details indented by two spaces. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, 0);
    return text.toString();
  }

  private void append(StringBuilder text, int depth) {
    text.append("  ".repeat(depth)).append(value).append(" = ").append(description).append('\n');
    for (Explanation detail : details) {
      detail.append(text, depth + 1);
    }
  }
}
