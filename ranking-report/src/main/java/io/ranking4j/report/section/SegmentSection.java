package io.ranking4j.report.section;

import io.ranking4j.evaluation.BySegment;
import io.ranking4j.evaluation.CalibrationRatio;
import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.report.Axis;
import io.ranking4j.report.Block;
import io.ranking4j.report.CategoryChart;
import io.ranking4j.report.Cell;
import io.ranking4j.report.Numbers;
import io.ranking4j.report.Point;
import io.ranking4j.report.Section;
import io.ranking4j.report.Series;
import io.ranking4j.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * AUC and calibration by segment, with intervals, for what segments the rows of each task.
 * Immutable and safe to share.
 *
 * @param scored what was predicted, with the segments of the rows; without any there is no section
 */
public record SegmentSection(List<ScoredTask> scored) implements Section {

  /** How many segments are shown, those of most rows. */
  public static final int MAX_SEGMENTS = 12;

  /** Copies the list. */
  public SegmentSection {
    scored = List.copyOf(scored);
  }

  /** What one segment of one model gave. */
  private record Measured(int rows, int positives, Estimate auc, Estimate ratio) {
    static Measured of(Predictions predictions, @Nullable Groups users) {
      return new Measured(
          predictions.rows(),
          predictions.positives(),
          RocAuc.estimate(predictions, users),
          CalibrationRatio.estimate(predictions, users));
    }
  }

  @Override
  public String title() {
    return "Segments";
  }

  @Override
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (List<ScoredTask> models : ScoredTask.byTask(scored).values()) {
      Set<String> names = new LinkedHashSet<>();
      models.forEach(model -> names.addAll(model.segments().keySet()));
      for (String name : names) {
        add(blocks, name, models.stream().filter(m -> m.segments().containsKey(name)).toList());
      }
    }
    return blocks;
  }

  private static void add(List<Block> blocks, String name, List<ScoredTask> models) {
    Map<String, Map<String, Measured>> byModel = new LinkedHashMap<>();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (ScoredTask model : models) {
      List<String> segments = model.segments().getOrDefault(name, List.of());
      Map<String, Measured> measured =
          BySegment.compute(model.predictions(), segments, model.users(), Measured::of);
      byModel.put(model.model(), measured);
      measured.forEach((segment, m) -> sizes.merge(segment, m.rows(), Math::max));
    }
    List<String> shown =
        sizes.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .limit(MAX_SEGMENTS)
            .map(Map.Entry::getKey)
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    String task = models.get(0).task();
    String which =
        sizes.size() > shown.size()
            ? "The %d largest of %s segments.".formatted(shown.size(), Numbers.format(sizes.size()))
            : "All %d segments, the largest first.".formatted(shown.size());
    blocks.add(
        chart(
            "ROC-AUC of " + task + " by " + name, which, "ROC-AUC", shown, byModel, Measured::auc));
    blocks.add(
        chart(
            "Calibration of " + task + " by " + name,
            which + " 1 is calibrated.",
            "Predicted / observed",
            shown,
            byModel,
            Measured::ratio));
    blocks.add(table(task, name, shown, byModel));
  }

  private static CategoryChart chart(
      String title,
      String summary,
      String value,
      List<String> shown,
      Map<String, Map<String, Measured>> byModel,
      Function<Measured, Estimate> metric) {
    List<Series> series = new ArrayList<>();
    byModel.forEach(
        (model, measured) -> {
          List<Point> points = new ArrayList<>();
          for (int i = 0; i < shown.size(); i++) {
            Measured of = measured.get(shown.get(i));
            if (of != null) {
              String rows = Numbers.format(of.rows()) + " rows";
              points.add(Point.of(i, metric.apply(of)).withNote(rows));
            }
          }
          series.add(Series.points(model, points));
        });
    return new CategoryChart(title, summary, shown, Axis.of(value), series);
  }

  private static Table table(
      String task, String name, List<String> shown, Map<String, Map<String, Measured>> byModel) {
    List<List<Cell>> rows = new ArrayList<>();
    for (String segment : shown) {
      byModel.forEach(
          (model, measured) -> {
            Measured of = measured.get(segment);
            if (of != null) {
              rows.add(
                  List.of(
                      Cell.of(segment),
                      Cell.of(model),
                      Cell.of(of.rows()),
                      Cell.of(of.positives()),
                      Cell.of(of.auc()),
                      Cell.of(of.ratio())));
            }
          });
    }
    return new Table(
        task + " by " + name,
        List.of(name, "Model", "Rows", "Positives", "ROC-AUC", "Predicted / observed"),
        rows);
  }
}
