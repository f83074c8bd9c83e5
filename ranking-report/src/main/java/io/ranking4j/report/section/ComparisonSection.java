package io.ranking4j.report.section;

import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.report.Axis;
import io.ranking4j.report.Block;
import io.ranking4j.report.CategoryChart;
import io.ranking4j.report.Cell;
import io.ranking4j.report.Section;
import io.ranking4j.report.Series;
import io.ranking4j.report.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Models or fusions against a baseline: what each reaches on each task, and by how much percent
 * that is more or less than the baseline. Immutable and safe to share.
 *
 * @param title the heading
 * @param metric the name of the metric, of which more is better
 * @param baseline what the others are compared with, one of {@code values}
 * @param values by model or fusion, by task, the metric
 */
public record ComparisonSection(
    String title, String metric, String baseline, Map<String, Map<String, MetricValue>> values)
    implements Section {

  /**
   * Copies the maps, in their order.
   *
   * @throws IllegalArgumentException if the baseline is not among the values
   */
  public ComparisonSection {
    Map<String, Map<String, MetricValue>> copy = new LinkedHashMap<>();
    values.forEach(
        (name, byTask) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(byTask))));
    values = Collections.unmodifiableMap(copy);
    if (!values.containsKey(baseline)) {
      throw new IllegalArgumentException(
          "baseline must be one of %s, but was '%s'".formatted(values.keySet(), baseline));
    }
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public List<Block> blocks() {
    if (values.size() < 2) {
      return List.of();
    }
    Map<String, MetricValue> base = values.getOrDefault(baseline, Map.of());
    Set<String> tasks = new LinkedHashSet<>(base.keySet());
    values.values().forEach(byTask -> tasks.addAll(byTask.keySet()));
    List<String> header = new ArrayList<>(List.of("Model"));
    header.addAll(tasks);
    List<List<Cell>> rows = new ArrayList<>();
    List<Series> gains = new ArrayList<>();
    values.forEach(
        (name, byTask) -> {
          List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
          List<Double> changes = new ArrayList<>();
          for (String task : tasks) {
            MetricValue value = byTask.getOrDefault(task, MetricValue.undefined("not measured"));
            double change = change(value, base.get(task));
            changes.add(100 * change);
            row.add(
                name.equals(baseline)
                    ? Cell.of(value).with("baseline")
                    : withGain(Cell.of(value), Cell.change(change)));
          }
          rows.add(row);
          if (!name.equals(baseline)) {
            gains.add(Series.bars(name, changes.stream().mapToDouble(x -> x).toArray()));
          }
        });
    return List.of(
        new Table(metric + " against " + baseline, header, rows),
        new CategoryChart(
            "Change of " + metric + " against " + baseline,
            "In percent of what the baseline reaches; more is better.",
            List.copyOf(tasks),
            Axis.of("Change in %"),
            gains));
  }

  private static double change(
      MetricValue value, @Nullable MetricValue base) {
    return base == null || !(base.value() > 0) ? Double.NaN : value.value() / base.value() - 1;
  }

  private static Cell withGain(Cell value, Cell change) {
    return value.detail().isEmpty() ? new Cell(value.text(), change.text(), change.kind()) : value;
  }
}
