package io.ranking4j.error;

/** Says in one word what kind of failure a {@link RankingException} is, for logs and dashboards. */
public enum ErrorCode {
  /** A row, column or file of data is not what it was declared to be. */
  BAD_DATA,
  /** A feature, task, column, signal or type id is named that nobody knows. */
  UNKNOWN_NAME,
  /** A model file is truncated, altered, too new, or no model file at all. */
  BAD_MODEL_FILE,
  /** Training was asked for something that cannot give a usable model. */
  TRAINING_REFUSED,
  /** The loss stopped being a number. */
  TRAINING_DIVERGED,
  /** The asked device or kernel is not there. */
  UNAVAILABLE
}
