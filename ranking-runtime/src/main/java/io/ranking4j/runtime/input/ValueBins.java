package io.ranking4j.runtime.input;

import java.util.List;

/**
 * How the values of a feature are spread, as the network reads them: rows of its table, the unknown
 * ones in a bin of their own and the others from the most frequent on; or standardised numbers, of
 * a rate its log-odds. A default that stands in for missing values counts as a value. Immutable and
 * safe to share.
 *
 * @param boundaries finite and strictly increasing; the bin of a value is how many are at or below
 *     it
 * @param counts the values in each bin, one bin more than there are boundaries
 */
public record ValueBins(List<Double> boundaries, List<Long> counts) {
  /**
   * How many bins values are cut into, of about equal size; there are fewer where many values are
   * equal.
   */
  public static final int BINS = 20;

  /** Copies both and checks that they belong together. */
  public ValueBins {
    boundaries = List.copyOf(boundaries);
    counts = List.copyOf(counts);
    if (counts.size() != boundaries.size() + 1) {
      throw new IllegalArgumentException(
          boundaries.size() + " boundaries make one bin more, but were given " + counts.size());
    }
    for (int i = 0; i < boundaries.size(); i++) {
      if (!Double.isFinite(boundaries.get(i))
          || (i > 0 && boundaries.get(i) <= boundaries.get(i - 1))) {
        throw new IllegalArgumentException(
            "boundaries must be finite and strictly increasing, but were " + boundaries);
      }
    }
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException("counts must be at least 0, but were " + counts);
      }
    }
  }

  /** How many values there are. */
  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The population stability index of other values against these: the sum over the bins of {@code
   * (q - p) ln(q / p)}, with p the share here and q the share there, half a value added to every
   * count so that no share is zero (Siddiqi, Credit Risk Scorecards, 2006). Customarily up to 0.1
   * is no change, from 0.25 on a large one; of the same distribution it is about the number of bins
   * over that of the values.
   *
   * @param others the other values in each of these bins
   * @return at least 0; NaN where either has no values
   * @throws IllegalArgumentException where there are not as many bins
   */
  public double stabilityIndex(List<Long> others) {
    if (others.size() != counts.size()) {
      throw new IllegalArgumentException(
          "there must be " + counts.size() + " bins, but were " + others.size());
    }
    double here = total();
    double there = others.stream().mapToLong(Long::longValue).sum();
    if (here == 0 || there == 0) {
      return Double.NaN;
    }
    double index = 0;
    for (int bin = 0; bin < counts.size(); bin++) {
      double p = (counts.get(bin) + 0.5) / (here + 0.5 * counts.size());
      double q = (others.get(bin) + 0.5) / (there + 0.5 * counts.size());
      index += (q - p) * Math.log(q / p);
    }
    return index;
  }
}
