package io.ranking4j.evaluation;

/** Accumulates a weighted mean over groups and counts the groups that are left out of it. */
final class GroupMean {

  private int groups;
  private int groupsUsed;
  private int rows;
  private int rowsUsed;
  private double sum;
  private double totalWeight;

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
  }

  /** Returns the mean; where no group was added the reason is {@code none}. */
  GroupedValue value(String none) {
    MetricValue metric;
    if (groups == 0) {
      metric = MetricValue.undefined("there are no rows");
    } else if (groupsUsed == 0) {
      metric = MetricValue.undefined(none);
    } else {
      metric = MetricValue.of(sum / totalWeight);
    }
    return new GroupedValue(metric, groups, groupsUsed, rows, rowsUsed);
  }
}
