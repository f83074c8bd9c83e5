package io.ranking4j.evaluation;

/** Which of its two edges an inner bin includes; the outermost edges always belong to a bin. */
public enum ClosedSide {
  /** Bins are [lower, upper); the last also includes its upper edge. */
  LEFT,
  /** Bins are (lower, upper]; the first also includes its lower edge. */
  RIGHT
}
