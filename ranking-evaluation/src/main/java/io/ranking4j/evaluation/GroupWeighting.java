package io.ranking4j.evaluation;

/** How much each group counts in a mean over groups. */
public enum GroupWeighting {
  /** By the sum of the weights of its rows: the number of impressions where rows have weight 1. */
  IMPRESSIONS,
  /** By the sum of the weights of its positives: the number of clicks where rows have weight 1. */
  CLICKS,
  /** All the same. */
  EQUAL
}
