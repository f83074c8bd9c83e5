package io.ranking4j.runtime.input;

import io.ranking4j.ranking.Candidate;
import java.util.List;

/** Says, for messages, where a row is. */
@FunctionalInterface
interface Place {
  /** The context of a request. */
  Place CONTEXT = row -> "the context";

  /** Such as {@code "row 7"}. */
  String of(int row);

  /** The rows of a data set of which {@code first} came in earlier chunks. */
  static Place rows(long first) {
    return row -> "row " + (first + row);
  }

  /** The candidates of a request. */
  static Place candidates(List<Candidate> candidates) {
    return row -> "candidate '" + candidates.get(row).id() + "' (index " + row + ")";
  }
}
