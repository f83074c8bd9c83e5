package io.ranking4j.dataset;

/**
 * For each row, what was counted for its key before its day: the column of a {@link
 * io.ranking4j.schema.RateFeature} in training.
 *
 * @param positives by row, the earlier impressions with a positive label
 * @param impressions by row, the earlier impressions
 * @param overallRate by row, the rate of the label over all keys before its day, in (0, 1)
 */
public record RateColumn(double[] positives, double[] impressions, double[] overallRate)
    implements Column {
  /** Refuses arrays of different lengths. */
  public RateColumn {
    if (positives.length != impressions.length || positives.length != overallRate.length) {
      throw new IllegalArgumentException(
          "positives, impressions and overall rates must be as many, but were "
              + positives.length
              + ", "
              + impressions.length
              + " and "
              + overallRate.length);
    }
  }

  @Override
  public int size() {
    return positives.length;
  }

  @Override
  public String holds() {
    return "counts of a rate";
  }

  @Override
  public RateColumn select(int[] rows) {
    return new RateColumn(pick(positives, rows), pick(impressions, rows), pick(overallRate, rows));
  }

  private static double[] pick(double[] values, int[] rows) {
    double[] picked = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      picked[i] = values[rows[i]];
    }
    return picked;
  }
}
