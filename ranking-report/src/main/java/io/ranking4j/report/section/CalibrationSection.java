package io.ranking4j.report.section;

import io.ranking4j.evaluation.CalibrationCurve;
import io.ranking4j.evaluation.CalibrationReport;
import io.ranking4j.report.Axis;
import io.ranking4j.report.Block;
import io.ranking4j.report.Cell;
import io.ranking4j.report.Numbers;
import io.ranking4j.report.Paragraph;
import io.ranking4j.report.Point;
import io.ranking4j.report.Section;
import io.ranking4j.report.Series;
import io.ranking4j.report.Table;
import io.ranking4j.report.XyChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether probabilities are true: for each task a reliability diagram with intervals and the Brier
 * score in its legend, the number of rows along it, and the measures of calibration in a table.
 * Immutable and safe to share.
 *
 * @param scored what was predicted
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., 2017</a>, on reliability diagrams
 */
public record CalibrationSection(List<ScoredTask> scored) implements Section {
  private static final List<String> HEADER =
      List.of(
          "Task",
          "Model",
          "Predicted / observed",
          "Slope",
          "Intercept",
          "ECE",
          "ECE, equal mass",
          "ECE, debiased",
          "ECE by chance",
          "Largest error",
          "Brier");

  /** Copies the list. */
  public CalibrationSection {
    scored = List.copyOf(scored);
  }

  @Override
  public String title() {
    return "Calibration";
  }

  @Override
  public List<Block> blocks() {
    if (scored.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "Rows are put into "
                + CalibrationCurve.DEFAULT_BINS
                + " bins of about equal size by their prediction. A point on the dashed diagonal"
                + " is calibrated; bars are 95 % Wilson intervals of the observed rate."));
    List<List<Cell>> rows = new ArrayList<>();
    ScoredTask.byTask(scored)
        .forEach(
            (task, models) -> {
              Map<String, CalibrationReport> reports = new LinkedHashMap<>();
              for (ScoredTask model : models) {
                CalibrationReport report = CalibrationReport.of(model.predictions(), model.users());
                reports.put(model.model(), report);
                rows.add(row(model, report));
              }
              blocks.add(diagram(task, reports));
              ScoreHistogram.rows(task, models).ifPresent(blocks::add);
            });
    blocks.add(new Table("Measures of calibration", HEADER, rows));
    return blocks;
  }

  private static XyChart diagram(String task, Map<String, CalibrationReport> reports) {
    List<Series> series = new ArrayList<>();
    List<String> summary = new ArrayList<>();
    double greatest = 0;
    for (Map.Entry<String, CalibrationReport> entry : reports.entrySet()) {
      CalibrationReport report = entry.getValue();
      List<Point> points = new ArrayList<>();
      for (CalibrationCurve.Bin bin : report.curve().bins()) {
        points.add(
            Point.of(bin.meanPredicted(), bin.observedRate(), bin.observedInterval())
                .withNote(Numbers.format(bin.count()) + " rows"));
        greatest =
            Math.max(greatest, Math.max(bin.meanPredicted(), bin.observedInterval().upper()));
      }
      String brier = Numbers.format(report.brier().value());
      series.add(Series.lineWithPoints(entry.getKey() + " (Brier " + brier + ")", points));
      summary.add(
          "%s predicts %s times what was observed in %s rows with %s positives."
              .formatted(
                  entry.getKey(),
                  Numbers.format(report.ratio().value()),
                  Numbers.format(report.rows()),
                  Numbers.format(report.positives())));
    }
    double end = Scales.ceiling(greatest);
    series.add(Series.reference("calibrated", List.of(Point.of(0, 0), Point.of(end, end))));
    return new XyChart(
        "Calibration: " + task,
        String.join(" ", summary),
        Axis.of("Mean prediction of the bin").between(0, end),
        Axis.of("Observed rate").between(0, end),
        series);
  }

  private static List<Cell> row(ScoredTask model, CalibrationReport report) {
    return List.of(
        Cell.of(model.task()),
        Cell.of(model.model()),
        Cell.of(report.ratio()),
        Cell.of(report.line().slope()),
        Cell.of(report.line().intercept()),
        Cell.of(report.ece()),
        Cell.of(report.equalMassEce()),
        Cell.of(report.debiasedEce()),
        Cell.of(report.expectedEce()),
        Cell.of(report.mce()),
        Cell.of(report.brier()));
  }
}
