package io.ranking4j.report.section;

import io.ranking4j.report.Axis;
import io.ranking4j.report.Block;
import io.ranking4j.report.Numbers;
import io.ranking4j.report.Point;
import io.ranking4j.report.Section;
import io.ranking4j.report.Series;
import io.ranking4j.report.XyChart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How training went: the loss and, by task, the quality on the validation rows after each epoch.
 * Immutable and safe to share.
 *
 * @param runs the trainings; those without epochs are left out
 */
public record TrainingSection(List<Run> runs) implements Section {

  /** Copies the list. */
  public TrainingSection {
    runs = runs.stream().filter(run -> !run.epochs().isEmpty()).toList();
  }

  /**
   * The training of one model.
   *
   * @param model its name
   * @param epochs its epochs, in order
   */
  public record Run(String model, List<Epoch> epochs) {
    /** Copies the list. */
    public Run {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * One epoch.
   *
   * @param epoch its number, the first being 1
   * @param trainingLoss the mean loss of its batches
   * @param quality by task, what the validation rows gave, such as AUC; NaN where undefined
   * @param best whether it was the best so far
   */
  public record Epoch(int epoch, double trainingLoss, Map<String, Double> quality, boolean best) {
    /** Copies the map, in its order. */
    public Epoch {
      quality = Collections.unmodifiableMap(new LinkedHashMap<>(quality));
    }
  }

  @Override
  public String title() {
    return "Training";
  }

  @Override
  public List<Block> blocks() {
    if (runs.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    List<Series> losses = new ArrayList<>();
    for (Run run : runs) {
      losses.add(
          Series.lineWithPoints(
              run.model(),
              run.epochs().stream()
                  .map(epoch -> point(epoch, finite(epoch.trainingLoss())))
                  .toList()));
    }
    blocks.add(
        new XyChart(
            "Training loss",
            summary(),
            Axis.of("Epoch"),
            Axis.of("Mean joint loss of the batches"),
            losses));
    if (runs.size() == 1) {
      Run run = runs.get(0);
      List<Series> tasks = new ArrayList<>();
      for (String task : tasks()) {
        tasks.add(quality(task, run, task));
      }
      blocks.add(chart("Validation AUC by task", tasks));
    } else {
      for (String task : tasks()) {
        blocks.add(
            chart(
                "Validation AUC: " + task,
                runs.stream().map(run -> quality(run.model(), run, task)).toList()));
      }
    }
    return blocks;
  }

  private static XyChart chart(String title, List<Series> series) {
    return new XyChart(
        title,
        "On rows that training did not see; a value task has its explained variance instead.",
        Axis.of("Epoch"),
        Axis.of("AUC"),
        series);
  }

  private static Series quality(String name, Run run, String task) {
    return Series.lineWithPoints(
        name,
        run.epochs().stream()
            .map(epoch -> point(epoch, finite(epoch.quality().getOrDefault(task, Double.NaN))))
            .toList());
  }

  private static Point point(Epoch epoch, double value) {
    Point point = Point.of(epoch.epoch(), value);
    return epoch.best() ? point.withNote("best so far") : point;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }

  private Set<String> tasks() {
    Set<String> tasks = new LinkedHashSet<>();
    runs.forEach(run -> run.epochs().forEach(epoch -> tasks.addAll(epoch.quality().keySet())));
    return tasks;
  }

  private String summary() {
    List<String> parts = new ArrayList<>();
    for (Run run : runs) {
      List<Epoch> epochs = run.epochs();
      int best = epochs.get(0).epoch();
      for (Epoch epoch : epochs) {
        best = epoch.best() ? epoch.epoch() : best;
      }
      parts.add(
          "%s: from %s to %s in %d epochs, kept from epoch %d."
              .formatted(
                  run.model(),
                  Numbers.format(epochs.get(0).trainingLoss()),
                  Numbers.format(epochs.get(epochs.size() - 1).trainingLoss()),
                  epochs.size(),
                  best));
    }
    return String.join(" ", parts);
  }
}
