package io.ranking4j.report.section;

import io.ranking4j.report.Section;
import java.util.List;

/** The sections on what models predicted, in the order in which one reads them. */
public final class EvaluationSections {
  private EvaluationSections() {}

  /**
   * Returns metrics, calibration, curves, score distributions and segments.
   *
   * @param scored what each model predicted of each task; a model has the same place in every task,
   *     so that it has the same colour
   */
  public static List<Section> of(List<ScoredTask> scored) {
    return List.of(
        new OverviewSection(scored),
        new CalibrationSection(scored),
        new CurveSection(scored),
        new ScoreSection(scored),
        new SegmentSection(scored));
  }
}
