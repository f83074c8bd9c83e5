package io.ranking4j.evaluation;

/**
 * Accumulates the weighted mean of a metric over groups and counts the groups that are left out of
 * it. Where the groups of a log are worked on in several places, each has one of its own, and
 * {@link #merge} makes one of them: the value is that over all groups, up to the rounding of sums.
 * Not safe to share between threads.
 */
public final class GroupMean {
  private static final int SUMS = 9;

  /** Why the mean is undefined where no group defines the metric. */
  private final String none;

  private int groups;
  private int groupsUsed;
  private int rows;
  private int rowsUsed;
  private double sum;
  private double totalWeight;
  private double squaredWeight;
  private double squaredWeightValue;
  private double squaredWeightSquaredValue;

  GroupMean(String none) {
    this.none = none;
  }

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

  /** Returns all that was accumulated, as numbers that {@link #merge} takes elsewhere. */
  public double[] sums() {
    return new double[] {
      groups,
      groupsUsed,
      rows,
      rowsUsed,
      sum,
      totalWeight,
      squaredWeight,
      squaredWeightValue,
      squaredWeightSquaredValue
    };
  }

  /**
   * Adds what another one of the same metric has accumulated over other groups.
   *
   * @param sums its {@link #sums()}
   * @throws IllegalArgumentException if there are not as many numbers
   * @throws ArithmeticException if there are more rows than an int can count
   */
  public void merge(double[] sums) {
    if (sums.length != SUMS) {
      throw new IllegalArgumentException(
          "the sums of a mean over groups are " + SUMS + ", but there were " + sums.length);
    }
    groups = Math.addExact(groups, (int) sums[0]);
    groupsUsed += (int) sums[1];
    rows = Math.addExact(rows, (int) sums[2]);
    rowsUsed += (int) sums[3];
    sum += sums[4];
    totalWeight += sums[5];
    squaredWeight += sums[6];
    squaredWeightValue += sums[7];
    squaredWeightSquaredValue += sums[8];
  }

  /** Returns the mean over all groups so far, undefined where none defines the metric. */
  public GroupedValue value() {
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
