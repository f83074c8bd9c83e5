package io.ranking4j.data;

import io.ranking4j.dataset.Column;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Collects one column of a result, row by row. {@link #take} hands over what was collected and
 * starts anew.
 */
abstract class ColumnReader {
  final String name;
  final int index;
  int rows;

  /**
   * Starts.
   *
   * @param name the column, for messages
   * @param index its place in the result, from 1
   */
  ColumnReader(String name, int index) {
    this.name = name;
    this.index = index;
  }

  /**
   * Reads the row that the result stands at.
   *
   * @param row its number in the result, from 1
   */
  abstract void read(ResultSet result, long row) throws SQLException;

  /** What was read since the last time. */
  abstract Column take();

  static int grown(int length, int needed) {
    return Math.max(needed, length + (length >> 1) + 1);
  }

  final String place(long row) {
    return "column '" + name + "', row " + row;
  }
}
