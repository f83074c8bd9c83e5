package io.ranking4j.fusion;

import io.ranking4j.ranking.CandidatePredictions;

/**
 * A column that a fusion reads: what a task predicts, or a signal of the host.
 *
 * @param kind which of the two
 * @param name its name, not blank
 */
record Factor(Kind kind, String name) implements Comparable<Factor> {
  /** Where a column comes from. */
  enum Kind {
    /** The prediction of a task. */
    TASK("task"),
    /** A signal of the host. */
    SIGNAL("signal");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  Factor {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "the name of a " + kind.word + " of a fusion must not be blank");
    }
  }

  static Factor task(String name) {
    return new Factor(Kind.TASK, name);
  }

  static Factor signal(String name) {
    return new Factor(Kind.SIGNAL, name);
  }

  /** The column, not to be written to. */
  double[] of(CandidatePredictions predictions) {
    return kind == Kind.TASK ? predictions.task(name) : predictions.signal(name);
  }

  /** Tasks before signals, then by name: an order that is the same in every run. */
  @Override
  public int compareTo(Factor other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }

  /** As in messages and explanations: {@code task 'click'}. */
  @Override
  public String toString() {
    return kind.word + " '" + name + "'";
  }
}
