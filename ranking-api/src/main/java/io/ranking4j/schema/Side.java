package io.ranking4j.schema;

/** Where a feature's value comes from in a request. */
public enum Side {
  /** The same for all candidates of a request: the user, the query, the hour. */
  CONTEXT,
  /** Different from candidate to candidate. */
  CANDIDATE
}
