package io.ranking4j.report.section;

import io.ranking4j.report.Axis;
import io.ranking4j.report.Block;
import io.ranking4j.report.Cell;
import io.ranking4j.report.Numbers;
import io.ranking4j.report.Point;
import io.ranking4j.report.Section;
import io.ranking4j.report.Series;
import io.ranking4j.report.Table;
import io.ranking4j.report.XyChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one aim costs the other: candidates by two metrics, of both of which more is better, and
 * those that no other candidate beats in both (the Pareto front). Immutable and safe to share.
 *
 * @param title the heading
 * @param summary what the candidates are
 * @param xMetric the name of the metric to the right
 * @param yMetric the name of the metric upwards
 * @param candidates what was tried; those without a finite value of both metrics are left out
 */
public record FrontSection(
    String title, String summary, String xMetric, String yMetric, List<Candidate> candidates)
    implements Section {

  /** Copies the list. */
  public FrontSection {
    candidates = candidates.stream().filter(Candidate::isFinite).toList();
  }

  /**
   * What was tried.
   *
   * @param name what it is, such as the weights of a fusion
   * @param x its metric to the right
   * @param y its metric upwards
   * @param highlighted whether it has a mark of its own, such as the weights in use
   */
  public record Candidate(String name, double x, double y, boolean highlighted) {
    private boolean isFinite() {
      return Double.isFinite(x) && Double.isFinite(y);
    }

    private Point point() {
      return Point.of(x, y).withNote(name);
    }
  }

  /** Returns the candidates that no other beats in both metrics, from left to right. */
  public List<Candidate> front() {
    List<Candidate> byX = new ArrayList<>(candidates);
    byX.sort(Comparator.comparingDouble(Candidate::x).thenComparingDouble(Candidate::y).reversed());
    List<Candidate> front = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (Candidate candidate : byX) {
      if (candidate.y() > best) {
        best = candidate.y();
        front.add(0, candidate);
      }
    }
    return List.copyOf(front);
  }

  @Override
  public List<Block> blocks() {
    if (candidates.size() < 2) {
      return List.of();
    }
    List<Candidate> front = front();
    List<Series> series = new ArrayList<>();
    series.add(
        Series.lineWithPoints("best trade-offs", front.stream().map(Candidate::point).toList()));
    add(series, "others", candidates.stream().filter(c -> !front.contains(c) && !c.highlighted()));
    add(series, "of note", candidates.stream().filter(Candidate::highlighted));
    List<List<Cell>> rows = new ArrayList<>();
    front.forEach(
        one -> rows.add(List.of(Cell.of(one.name()), Cell.of(one.x()), Cell.of(one.y()))));
    Candidate left = front.get(0);
    Candidate right = front.get(front.size() - 1);
    return List.of(
        new XyChart(
            xMetric + " against " + yMetric,
            "%s The front goes from %s and %s to %s and %s."
                .formatted(
                    summary,
                    Numbers.format(left.x()),
                    Numbers.format(left.y()),
                    Numbers.format(right.x()),
                    Numbers.format(right.y())),
            Axis.of(xMetric),
            Axis.of(yMetric),
            series),
        new Table("The best trade-offs", List.of("Candidate", xMetric, yMetric), rows));
  }

  private static void add(
      List<Series> series, String name, Stream<Candidate> candidates) {
    List<Point> points = candidates.map(Candidate::point).toList();
    if (!points.isEmpty()) {
      series.add(Series.points(name, points));
    }
  }
}
