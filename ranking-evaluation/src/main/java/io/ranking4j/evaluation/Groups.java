package io.ranking4j.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rows belong together: the impressions of one user, the candidates of one request. Made from
 * one key per row; rows of a group need not be adjacent. Immutable and safe to share.
 */
public final class Groups {

  private final int[] groupOfRow;
  private final int[] start;

  private Groups(int[] groupOfRow, int count) {
    this.groupOfRow = groupOfRow;
    this.start = new int[count + 1];
    for (int group : groupOfRow) {
      start[group + 1]++;
    }
    for (int group = 0; group < count; group++) {
      start[group + 1] += start[group];
    }
  }

  /** Groups rows by an integer key, any values; the array is not kept. */
  public static Groups of(int[] keys) {
    return of(Arrays.stream(keys).asLongStream().toArray());
  }

  /** Groups rows by an integer key, any values; the array is not kept. */
  public static Groups of(long[] keys) {
    long[] distinct = keys.clone();
    Arrays.sort(distinct);
    int count = 0;
    for (int i = 0; i < distinct.length; i++) {
      if (i == 0 || distinct[i] != distinct[i - 1]) {
        distinct[count++] = distinct[i];
      }
    }
    int[] groups = new int[keys.length];
    for (int row = 0; row < keys.length; row++) {
      groups[row] = Arrays.binarySearch(distinct, 0, count, keys[row]);
    }
    return new Groups(groups, count);
  }

  /**
   * Groups rows by a key compared with {@code equals}, such as a user's name.
   *
   * @throws IllegalArgumentException if a key is null
   */
  public static Groups of(List<String> keys) {
    Map<String, Integer> codes = new HashMap<>();
    int[] groups = new int[keys.size()];
    int row = 0;
    for (String key : keys) {
      if (key == null) {
        throw new IllegalArgumentException("group keys must not be null, but row " + row + " was");
      }
      Integer code = codes.putIfAbsent(key, codes.size());
      groups[row++] = code == null ? codes.size() - 1 : code;
    }
    return new Groups(groups, codes.size());
  }

  /** Puts all rows into one group. */
  static Groups single(int rows) {
    return new Groups(new int[rows], Math.min(rows, 1));
  }

  /** Groups some of the rows as they are grouped here, in the order given. */
  Groups subset(int[] rows, int from, int to) {
    int[] codes = new int[count()];
    int[] some = new int[to - from];
    int used = 0;
    for (int i = from; i < to; i++) {
      int group = groupOfRow[rows[i]];
      if (codes[group] == 0) {
        codes[group] = ++used;
      }
      some[i - from] = codes[group] - 1;
    }
    return new Groups(some, used);
  }

  /** Returns the number of rows. */
  public int rows() {
    return groupOfRow.length;
  }

  /** Returns the number of groups, each of at least one row. */
  public int count() {
    return start.length - 1;
  }

  /** Returns the group of a row, from 0 to {@link #count()} - 1. */
  public int groupOf(int row) {
    return groupOfRow[row];
  }

  /**
   * Returns the sums of values within the groups, by group.
   *
   * @param values one per row
   * @throws IllegalArgumentException if there are not as many values as rows
   */
  public double[] sums(double[] values) {
    Checks.sameLength("groups", rows(), "values", values.length);
    double[] sums = new double[count()];
    for (int row = 0; row < values.length; row++) {
      sums[groupOfRow[row]] += values[row];
    }
    return sums;
  }

  /** Returns the position of a group's first row in {@link #arrange}; of count(), its length. */
  int start(int group) {
    return start[group];
  }

  /** Returns the rows group by group, within a group in the order they have in the argument. */
  int[] arrange(int[] order) {
    int[] next = start.clone();
    int[] arranged = new int[order.length];
    for (int row : order) {
      arranged[next[groupOfRow[row]]++] = row;
    }
    return arranged;
  }
}
