package io.ranking4j.report;

import java.util.List;

/**
 * A table; on a narrow screen it scrolls sideways beneath its first column. Immutable and safe to
 * share.
 *
 * @param title what it shows
 * @param header the names of its columns, at least one
 * @param rows its rows from top to bottom, each with a cell for every column
 */
public record Table(String title, List<String> header, List<List<Cell>> rows) implements Block {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is no column or a row has another number of cells
   */
  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    if (header.isEmpty()) {
      throw new IllegalArgumentException("a table must have at least 1 column, but has 0");
    }
    for (List<Cell> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row must have %d cells, as the header has, but has %d"
                .formatted(header.size(), row.size()));
      }
    }
  }
}
