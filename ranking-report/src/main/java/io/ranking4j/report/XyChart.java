package io.ranking4j.report;

import java.util.List;

/**
 * A chart of numbers over numbers: curves, bands, scatter plots, histograms. Its data stand in a
 * table beneath it. Immutable and safe to share.
 *
 * @param title what it shows
 * @param summary what is to be seen in it, in a sentence or two, for who cannot see it
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series what is drawn, later ones over earlier ones; without any point there is no chart
 */
public record XyChart(String title, String summary, Axis x, Axis y, List<Series> series)
    implements Block {

  /**
   * Copies the series.
   *
   * @throws IllegalArgumentException if a series is of bars
   */
  public XyChart {
    series = List.copyOf(series);
    for (Series one : series) {
      if (one.mark() == Mark.BARS) {
        throw new IllegalArgumentException(
            "bars stand in a chart of categories, but '%s' is in a chart of numbers"
                .formatted(one.name()));
      }
    }
  }
}
