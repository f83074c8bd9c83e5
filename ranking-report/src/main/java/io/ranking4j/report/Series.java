package io.ranking4j.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Points of a chart that belong together and share a colour. Immutable and safe to share.
 *
 * @param name what the legend says
 * @param mark how the points are drawn
 * @param points the points; lines join them in this order
 */
public record Series(String name, Mark mark, List<Point> points) {

  /** A chart of more points than this is slow to draw and shows no more. */
  public static final int MAX_POINTS = 5000;

  /**
   * Copies the points.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_POINTS}
   */
  public Series {
    points = List.copyOf(points);
    if (points.size() > MAX_POINTS) {
      throw new IllegalArgumentException(
          "a series must have at most %d points, but '%s' has %d: reduce it first"
              .formatted(MAX_POINTS, name, points.size()));
    }
  }

  /** Returns a line, with a band where points have intervals. */
  public static Series line(String name, List<Point> points) {
    return new Series(name, Mark.LINE, points);
  }

  /** Returns a line with symbols, with bars where points have intervals. */
  public static Series lineWithPoints(String name, List<Point> points) {
    return new Series(name, Mark.LINE_WITH_POINTS, points);
  }

  /** Returns symbols, with bars where points have intervals. */
  public static Series points(String name, List<Point> points) {
    return new Series(name, Mark.POINTS, points);
  }

  /** Returns steps: a value holds until the next x. */
  public static Series steps(String name, List<Point> points) {
    return new Series(name, Mark.STEPS, points);
  }

  /** Returns a thin dashed line to compare with. */
  public static Series reference(String name, List<Point> points) {
    return new Series(name, Mark.REFERENCE, points);
  }

  /**
   * Returns bars for a {@link CategoryChart}.
   *
   * @param values one for each category, NaN where there is none
   */
  public static Series bars(String name, double... values) {
    List<Point> points = new ArrayList<>();
    for (int category = 0; category < values.length; category++) {
      points.add(Point.of(category, values[category]));
    }
    return new Series(name, Mark.BARS, points);
  }

  /**
   * Returns a histogram.
   *
   * @param edges where the bins begin, ascending, and where the last one ends
   * @param heights one for each bin, one fewer than edges
   * @throws IllegalArgumentException if the lengths do not fit
   */
  public static Series histogram(String name, double[] edges, double[] heights) {
    if (edges.length != heights.length + 1) {
      throw new IllegalArgumentException(
          "%d bins must have %d edges, but had %d"
              .formatted(heights.length, heights.length + 1, edges.length));
    }
    List<Point> points = new ArrayList<>();
    for (int bin = 0; bin < heights.length; bin++) {
      points.add(Point.of(edges[bin], heights[bin]));
    }
    if (heights.length > 0) {
      points.add(Point.of(edges[heights.length], heights[heights.length - 1]));
    }
    return new Series(name, Mark.HISTOGRAM, points);
  }
}
