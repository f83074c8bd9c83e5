package io.ranking4j.evaluation;

/** What a relevance is worth in discounted cumulative gain. */
public enum Gain {
  /** The relevance itself (Järvelin and Kekäläinen, 2002). */
  LINEAR,
  /** 2<sup>relevance</sup> - 1 (Burges et al., 2005). */
  EXPONENTIAL
}
