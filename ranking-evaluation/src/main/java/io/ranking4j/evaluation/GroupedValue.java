package io.ranking4j.evaluation;

/**
 * The mean of a metric over groups or lists, and how much of the data it speaks for: groups that do
 * not define the metric (no positive, only positives) are left out of the mean and counted here.
 * Immutable and safe to share.
 *
 * @param metric the mean, undefined when no group defines the metric
 * @param standardError the standard error of the mean, groups taken for independent of each other;
 *     undefined below two groups that define the metric. Where groups are requests and users have
 *     several, {@link GroupBootstrap} by user is the honest error
 * @param groups the number of groups
 * @param groupsUsed the number of groups in the mean
 * @param rows the number of rows in all groups
 * @param rowsUsed the number of rows in the groups used
 */
public record GroupedValue(
    MetricValue metric,
    MetricValue standardError,
    int groups,
    int groupsUsed,
    int rows,
    int rowsUsed) {

  /** Returns the mean, NaN when it is undefined. */
  public double value() {
    return metric.value();
  }

  /** Returns the mean with its 95 % interval. */
  public Estimate estimate() {
    return estimate(Interval.DEFAULT_CONFIDENCE);
  }

  /**
   * Returns the mean with an interval.
   *
   * @throws IllegalArgumentException if the confidence is not in (0, 1)
   */
  public Estimate estimate(double confidence) {
    String why = metric.undefinedBecause();
    if (why != null) {
      return Estimate.undefined(why);
    }
    String whyNoError = standardError.undefinedBecause();
    return whyNoError == null
        ? Estimate.normal(value(), standardError.value(), confidence)
        : Estimate.withoutError(value(), whyNoError);
  }

  /** Returns the share of groups in the mean, in [0, 1]; undefined without groups. */
  public MetricValue groupCoverage() {
    return coverage(groupsUsed, groups);
  }

  /** Returns the share of rows in the groups used, in [0, 1]; undefined without rows. */
  public MetricValue rowCoverage() {
    return coverage(rowsUsed, rows);
  }

  private static MetricValue coverage(int used, int all) {
    return all == 0
        ? MetricValue.undefined("there are no rows")
        : MetricValue.of((double) used / all);
  }
}
