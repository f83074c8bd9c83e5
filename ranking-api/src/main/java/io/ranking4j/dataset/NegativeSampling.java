package io.ranking4j.dataset;

/**
 * That rows without a positive of any task were kept only at some rate, those with one always. The
 * trainer corrects for it exactly, for every task: see {@code docs/decisions}.
 *
 * @param keepRate the share of such rows that was kept, in (0, 1]
 */
public record NegativeSampling(double keepRate) {
  /** Refuses rates outside of (0, 1]. */
  public NegativeSampling {
    if (!(keepRate > 0 && keepRate <= 1)) {
      throw new IllegalArgumentException(
          "the keep rate of negatives must be in (0, 1], but was " + keepRate);
    }
  }
}
