package io.ranking4j.report;

/** How the points of a {@link Series} are drawn. */
public enum Mark {
  /** A line through the points; intervals are a band around it. */
  LINE,
  /** A line with a symbol at each point; intervals are bars through the symbols. */
  LINE_WITH_POINTS,
  /** Symbols alone; intervals are bars through them. */
  POINTS,
  /** A value holds until the next x. */
  STEPS,
  /** The same, filled down to the axis: each x is where a bin begins, the last where it ends. */
  HISTOGRAM,
  /** A bar from 0 for each point; intervals are not drawn. Only in a {@link CategoryChart}. */
  BARS,
  /** A thin dashed line to compare with, such as a diagonal; it has no symbols. */
  REFERENCE
}
