package io.ranking4j.fusion.rerank;

/**
 * What a host knows of its candidates and rules need. Candidates are numbered as they were given to
 * the ranker. A method that no rule of the host needs may be left as it is.
 */
public interface ItemAttributes {
  /** Returns the category of a candidate: its author, its topic, where it came from. */
  default String category(String attribute, int candidate) {
    throw new UnsupportedOperationException("the host gives no attribute '" + attribute + "'");
  }

  /** Returns how similar two candidates are, of about [0, 1]; never NaN. */
  default double similarity(String name, int candidate, int other) {
    throw new UnsupportedOperationException("the host gives no similarity '" + name + "'");
  }

  /** Returns what the utility of a candidate is multiplied by, at least 0. */
  default double multiplier(String name, int candidate) {
    throw new UnsupportedOperationException("the host gives no multiplier '" + name + "'");
  }
}
