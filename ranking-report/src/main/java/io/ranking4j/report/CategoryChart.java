package io.ranking4j.report;

import java.util.List;

/**
 * A chart of values by category, such as a metric by segment: categories stand beneath each other,
 * values go to the right, so that long names can be read on a narrow screen. Its data stand in a
 * table beneath it. Immutable and safe to share.
 *
 * @param title what it shows
 * @param summary what is to be seen in it, in a sentence or two, for who cannot see it
 * @param categories their names, from top to bottom
 * @param values the axis of the values
 * @param series what is drawn: points or bars, the x of whose points is the index of a category
 */
public record CategoryChart(
    String title, String summary, List<String> categories, Axis values, List<Series> series)
    implements Block {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a series is neither of points nor of bars, or the x of a
   *     point is not the index of a category
   */
  public CategoryChart {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
    for (Series one : series) {
      if (one.mark() != Mark.POINTS && one.mark() != Mark.BARS) {
        throw new IllegalArgumentException(
            "a chart of categories has points or bars, but '%s' has %s"
                .formatted(one.name(), one.mark()));
      }
      for (Point point : one.points()) {
        if (point.x() != Math.rint(point.x()) || point.x() < 0 || point.x() >= categories.size()) {
          throw new IllegalArgumentException(
              "x must be the index of one of %d categories, but was %s in '%s'"
                  .formatted(categories.size(), point.x(), one.name()));
        }
      }
    }
  }
}
