package io.ranking4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of scored rows that are evaluated.
 *
 * @param label 0 or 1; for metrics of lists a relevance of at least 0
 * @param score the prediction, for most metrics a probability
 * @param weight at least 0; empty for 1 everywhere
 * @param group says which rows belong together, a user or a request; needed by grouped metrics
 */
public record ScoredColumns(
    String label, String score, Optional<String> weight, Optional<String> group) {
  /** Labels and scores of rows that all count the same. */
  public static ScoredColumns of(String label, String score) {
    return new ScoredColumns(label, score, Optional.empty(), Optional.empty());
  }

  /** With a weight of each row. */
  public ScoredColumns weight(String column) {
    return new ScoredColumns(label, score, Optional.of(column), group);
  }

  /** With what rows belong together by. */
  public ScoredColumns group(String column) {
    return new ScoredColumns(label, score, weight, Optional.of(column));
  }

  /** The columns of numbers: label, score and, where there is one, weight. */
  List<String> numbers() {
    List<String> numbers = new ArrayList<>(List.of(label, score));
    weight.ifPresent(numbers::add);
    return numbers;
  }
}
