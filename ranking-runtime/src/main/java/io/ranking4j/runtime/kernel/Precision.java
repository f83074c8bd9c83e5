package io.ranking4j.runtime.kernel;

/** How exactly products are computed; everything else is always float. */
public enum Precision {
  /** Float products. */
  FLOAT,
  /**
   * The factors of large products are rounded to bfloat16, 8 bits of precision, and summed up in
   * float: faster on processors that have instructions for it.
   */
  BFLOAT16
}
