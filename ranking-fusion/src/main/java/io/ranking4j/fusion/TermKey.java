package io.ranking4j.fusion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The factors of a term, at least one, in order; written as {@code task:order*signal:price}, where
 * a backslash before {@code *} or a backslash makes it part of a name.
 */
record TermKey(List<Factor> factors) implements Comparable<TermKey> {
  private static final String TASK = "task:";
  private static final String SIGNAL = "signal:";

  TermKey {
    List<Factor> sorted = new ArrayList<>(factors);
    Collections.sort(sorted);
    factors = List.copyOf(sorted);
  }

  static TermKey of(Factor... factors) {
    return new TermKey(List.of(factors));
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws IllegalArgumentException where a factor is neither a task nor a signal, or a backslash
   *     stands before anything else
   */
  static TermKey parse(String text) {
    List<Factor> factors = new ArrayList<>();
    StringBuilder factor = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        factor.append(escaped(text, ++i));
      } else if (c == '*') {
        factors.add(parseFactor(factor.toString(), text));
        factor.setLength(0);
      } else {
        factor.append(c);
      }
    }
    factors.add(parseFactor(factor.toString(), text));
    return new TermKey(factors);
  }

  private static char escaped(String text, int at) {
    if (at < text.length() && (text.charAt(at) == '*' || text.charAt(at) == '\\')) {
      return text.charAt(at);
    }
    throw new IllegalArgumentException(
        "a backslash in a term must stand before '*' or a backslash, but did not at "
            + (at - 1)
            + " in '"
            + text
            + "'");
  }

  private static Factor parseFactor(String factor, String text) {
    if (factor.startsWith(TASK)) {
      return Factor.task(factor.substring(TASK.length()));
    }
    if (factor.startsWith(SIGNAL)) {
      return Factor.signal(factor.substring(SIGNAL.length()));
    }
    throw new IllegalArgumentException(
        "a term must be of the form 'task:NAME', 'signal:NAME' or several of these with '*'"
            + " between, but was '"
            + text
            + "'");
  }

  /** As a key of JSON and of properties. */
  String text() {
    return factors.stream()
        .map(
            factor ->
                (factor.kind() == Factor.Kind.TASK ? TASK : SIGNAL)
                    + factor.name().replace("\\", "\\\\").replace("*", "\\*"))
        .collect(Collectors.joining("*"));
  }

  /** Single factors before products, tasks before signals, then by name. */
  @Override
  public int compareTo(TermKey other) {
    int bySize = Integer.compare(factors.size(), other.factors.size());
    for (int i = 0; bySize == 0 && i < factors.size(); i++) {
      int byFactor = factors.get(i).compareTo(other.factors.get(i));
      if (byFactor != 0) {
        return byFactor;
      }
    }
    return bySize;
  }

  /** As in messages and explanations: {@code task 'order' times signal 'price'}. */
  @Override
  public String toString() {
    return factors.stream().map(Factor::toString).collect(Collectors.joining(" times "));
  }
}
