package io.ranking4j.report.section;

import io.ranking4j.evaluation.CalibrationRatio;
import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.evaluation.TaskReport;
import io.ranking4j.report.Block;
import io.ranking4j.report.Cell;
import io.ranking4j.report.Paragraph;
import io.ranking4j.report.Section;
import io.ranking4j.report.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics of every task and model in one table. Immutable and safe to share.
 *
 * @param scored what was predicted
 */
public record OverviewSection(List<ScoredTask> scored) implements Section {
  private static final List<String> HEADER =
      List.of(
          "Task",
          "Model",
          "Rows",
          "Positives",
          "ROC-AUC",
          "GAUC",
          "PR-AUC",
          "Predicted / observed",
          "ECE",
          "Brier",
          "Log loss",
          "Normalised entropy");

  /** Copies the list. */
  public OverviewSection {
    scored = List.copyOf(scored);
  }

  @Override
  public String title() {
    return "Metrics";
  }

  @Override
  public List<Block> blocks() {
    if (scored.isEmpty()) {
      return List.of();
    }
    List<List<Cell>> rows = new ArrayList<>();
    ScoredTask.byTask(scored)
        .values()
        .forEach(models -> models.forEach(model -> rows.add(row(model))));
    return List.of(
        new Paragraph(
            "In brackets 95 % intervals"
                + (scored.stream().anyMatch(one -> one.users() != null)
                    ? ", which allow for the rows of a user being alike."
                    : ".")),
        new Table("Metrics of each task", HEADER, rows));
  }

  private static List<Cell> row(ScoredTask one) {
    TaskReport report = TaskReport.of(one.predictions(), one.users());
    Estimate auc = RocAuc.estimate(one.predictions(), one.users());
    Estimate ratio = CalibrationRatio.estimate(one.predictions(), one.users());
    MetricValue coverage = report.gauc().rowCoverage();
    Cell gauc = Cell.of(report.gauc().estimate());
    return List.of(
        Cell.of(one.task()),
        Cell.of(one.model()),
        Cell.of(report.rows()),
        Cell.of(report.positives()),
        Cell.of(auc),
        coverage.isDefined() && report.gauc().metric().isDefined()
            ? gauc.with(gauc.detail() + " of %.0f %% of rows".formatted(100 * coverage.value()))
            : gauc,
        Cell.of(report.prAuc()),
        Cell.of(ratio),
        Cell.of(report.ece()),
        Cell.of(report.brier()),
        Cell.of(report.logLoss()),
        Cell.of(report.ne()));
  }
}
