package io.ranking4j.report.section;

import io.ranking4j.evaluation.PrAuc;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.evaluation.ThresholdCurve;
import io.ranking4j.report.Axis;
import io.ranking4j.report.Block;
import io.ranking4j.report.Numbers;
import io.ranking4j.report.Point;
import io.ranking4j.report.Section;
import io.ranking4j.report.Series;
import io.ranking4j.report.XyChart;
import java.util.ArrayList;
import java.util.List;

/**
 * ROC and precision-recall curves of each task. The areas in the legends are those of all rows;
 * curves have at most {@link ThresholdCurve#DEFAULT_POINTS} of their points. Immutable and safe to
 * share.
 *
 * @param scored what was predicted; tasks of one class alone have no curves
 */
public record CurveSection(List<ScoredTask> scored) implements Section {

  /** Copies the list. */
  public CurveSection {
    scored = List.copyOf(scored);
  }

  @Override
  public String title() {
    return "ROC and precision-recall";
  }

  @Override
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    ScoredTask.byTask(scored).forEach((task, models) -> addCharts(blocks, task, models));
    return blocks;
  }

  private static void addCharts(List<Block> blocks, String task, List<ScoredTask> models) {
    List<Series> roc = new ArrayList<>();
    List<Series> pr = new ArrayList<>();
    double baseRate = Double.NaN;
    for (ScoredTask model : models) {
      List<ThresholdCurve.Point> curve = ThresholdCurve.of(model.predictions()).points();
      if (curve.isEmpty()) {
        continue;
      }
      baseRate = model.predictions().positiveWeight() / model.predictions().totalWeight();
      roc.add(
          Series.line(
              "%s (AUC %s)"
                  .formatted(
                      model.model(), Numbers.format(RocAuc.compute(model.predictions()).value())),
              curve.stream()
                  .map(at -> note(Point.of(at.falsePositiveRate(), at.truePositiveRate()), at))
                  .toList()));
      pr.add(
          Series.line(
              "%s (AP %s)"
                  .formatted(
                      model.model(), Numbers.format(PrAuc.compute(model.predictions()).value())),
              curve.stream()
                  .filter(at -> !Double.isNaN(at.precision()))
                  .map(at -> note(Point.of(at.truePositiveRate(), at.precision()), at))
                  .toList()));
    }
    if (roc.isEmpty()) {
      return;
    }
    roc.add(Series.reference("no skill", List.of(Point.of(0, 0), Point.of(1, 1))));
    pr.add(
        Series.reference(
            "no skill (" + Numbers.format(baseRate) + ")",
            List.of(Point.of(0, baseRate), Point.of(1, baseRate))));
    blocks.add(
        new XyChart(
            "ROC: " + task,
            "What share of the positives passes a threshold, against that of the negatives.",
            Axis.of("False positive rate").between(0, 1),
            Axis.of("True positive rate").between(0, 1),
            roc));
    blocks.add(
        new XyChart(
            "Precision and recall: " + task,
            "How many of those above a threshold are positives, against how many positives are"
                + " above it. %s of all rows are positives.".formatted(Numbers.format(baseRate)),
            Axis.of("Recall").between(0, 1),
            Axis.of("Precision").from(0),
            pr));
  }

  private static Point note(Point point, ThresholdCurve.Point at) {
    return point.withNote(
        Double.isInfinite(at.threshold())
            ? "nothing passes"
            : "threshold " + Numbers.format(at.threshold()));
  }
}
