package io.ranking4j.nn.optimizer;

import java.util.Arrays;

/**
 * The summed gradients of the rows of one table that a batch touches: a hash map from row to sum
 * whose size is that of the batch, not of the table, and that is emptied at no cost.
 */
final class TouchedRows {
  private static final int START = 256;

  private final int width;
  private int[] rows = new int[START];
  private float[] sums;

  /** By place in the hash map, the number of a row; valid if that row says it is there. */
  private int[] slots = new int[2 * START];

  private int[] home = new int[START];
  private int count;

  TouchedRows(int width) {
    this.width = width;
    this.sums = new float[START * width];
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** The row with this number, in the order in which they were first touched. */
  int row(int number) {
    return rows[number];
  }

  /** The sums of all rows, by their numbers. */
  float[] sums() {
    return sums;
  }

  /** Adds a share of a gradient to a row's sum. */
  void add(int row, float[] gradient, int at, float share) {
    int known = count;
    int number = number(row);
    int to = number * width;
    if (number == known && share == 1) {
      System.arraycopy(gradient, at, sums, to, width);
      return;
    }
    if (number == known) {
      Arrays.fill(sums, to, to + width, 0f);
    }
    for (int c = 0; c < width; c++) {
      sums[to + c] += share * gradient[at + c];
    }
  }

  /** The number of a row; that of a new one is the count before, and its sum is anything yet. */
  private int number(int row) {
    int mask = slots.length - 1;
    int place = place(row, mask);
    while (taken(place)) {
      int number = slots[place];
      if (rows[number] == row) {
        return number;
      }
      place = (place + 1) & mask;
    }
    if (count == rows.length) {
      grow();
      return number(row);
    }
    int number = count++;
    slots[place] = number;
    home[number] = place;
    rows[number] = row;
    return number;
  }

  private boolean taken(int place) {
    int number = slots[place];
    return number < count && home[number] == place;
  }

  /** Fibonacci hashing: rows that stand side by side are spread. */
  private static int place(int row, int mask) {
    int mixed = row * 0x9E3779B9;
    return (mixed ^ (mixed >>> 16)) & mask;
  }

  private void grow() {
    int size = 2 * rows.length;
    rows = Arrays.copyOf(rows, size);
    home = Arrays.copyOf(home, size);
    sums = Arrays.copyOf(sums, size * width);
    slots = new int[2 * size];
    int mask = slots.length - 1;
    int known = count;
    for (count = 0; count < known; ) {
      int place = place(rows[count], mask);
      while (taken(place)) {
        place = (place + 1) & mask;
      }
      slots[place] = count;
      home[count] = place;
      count++;
    }
  }
}
