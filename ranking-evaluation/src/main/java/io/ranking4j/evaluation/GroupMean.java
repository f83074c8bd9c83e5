package io.ranking4j.evaluation;

/** Accumulates a weighted mean over groups and counts the groups that are left out of it. */
final class GroupMean {

  private int groups;
  private int groupsUsed;
  private int rows;
  private int rowsUsed;
  private double sum;
  private double totalWeight;
  private double squaredWeight;
  private double squaredWeightValue;
  private double squaredWeightSquaredValue;

  /** Counts a group that does not define the metric. */
  void skip(int groupRows) {
    groups++;
    rows += groupRows;
  }

  /** Adds the value of a group, with a weight above 0. */
  void add(int groupRows, double value, double weight) {
    groups++;
    rows += groupRows;
    groupsUsed++;
    rowsUsed += groupRows;
    sum += weight * value;
    totalWeight += weight;
    squaredWeight += weight * weight;
    squaredWeightValue += weight * weight * value;
    squaredWeightSquaredValue += weight * weight * value * value;
  }

  /** Returns the mean; where no group was added the reason is {@code none}. */
  GroupedValue value(String none) {
    MetricValue metric;
    MetricValue error;
    if (groups == 0) {
      metric = MetricValue.undefined("there are no rows");
      error = metric;
    } else if (groupsUsed == 0) {
      metric = MetricValue.undefined(none);
      error = metric;
    } else {
      metric = MetricValue.of(sum / totalWeight);
      error = standardError(sum / totalWeight);
    }
    return new GroupedValue(metric, error, groups, groupsUsed, rows, rowsUsed);
  }

  private MetricValue standardError(double mean) {
    if (groupsUsed < 2) {
      return MetricValue.undefined(
          "a standard error needs at least 2 groups that define the metric, but there was 1");
    }
    double squares =
        squaredWeightSquaredValue - 2 * mean * squaredWeightValue + mean * mean * squaredWeight;
    double small = groupsUsed / (groupsUsed - 1.0);
    return MetricValue.of(Math.sqrt(Math.max(0, squares) * small) / totalWeight);
  }
}
