package io.ranking4j.data.simulator;

/** The part of a simulated log that a row belongs to; each is later than the one before. */
public enum Split {
  /** The first days. */
  TRAIN,
  /** The day after the training days. */
  VALIDATION,
  /** The day after the validation day. */
  TEST
}
