package io.ranking4j.examples.reproduce;

import io.ranking4j.examples.reproduce.ResultTable.Column;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.spi.TaskKind;
import io.ranking4j.task.OrdinalKind;
import io.ranking4j.task.RegressionKind;
import io.ranking4j.task.RegressionKind.Penalty;
import io.ranking4j.task.Task;
import io.ranking4j.task.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Progressive regression against plain regression, on the time that a video is watched. */
final class RegressionTable {
  private static final String TASK = StudySets.PLAY_TIME;
  private static final String PLAIN = "plain head, squared error";
  private static final double MILLISECONDS = 1_000;
  private static final int FEW = 9;
  private static final int MANY = 29;

  private final Budget budget;

  RegressionTable(Budget budget) {
    this.budget = budget;
  }

  /** J: play time on KuaiRand. */
  ResultTable table(StudyData data) {
    double[] labels = StudyData.values(data.train(), TASK);
    double mean = Arrays.stream(labels).average().orElse(Double.NaN);
    double deviation =
        Math.sqrt(Arrays.stream(labels).map(v -> (v - mean) * (v - mean)).average().orElse(1));
    OrdinalKind few = OrdinalKind.quantiles(labels, FEW);
    OrdinalKind many = OrdinalKind.quantiles(labels, MANY);
    OrdinalKind tail = byTime(labels, FEW);
    List<Experiment> experiments =
        List.of(
            head(PLAIN, data, "nse", RegressionKind.of(Penalty.SQUARED, deviation)),
            head("plain head, Huber", data, "nse", RegressionKind.of(Penalty.HUBER, deviation)),
            head(
                "plain head, logarithm",
                data,
                "nse",
                RegressionKind.of(Penalty.LOGARITHM, MILLISECONDS)),
            head("one tower, " + few.width() + " thresholds", data, "nse", few),
            head("progressive, " + few.width() + " thresholds", data, "progressive", few),
            head("progressive, " + many.width() + " thresholds", data, "progressive", many),
            head(
                "progressive, " + tail.width() + " thresholds by time", data, "progressive", tail));
    Column squared = Column.of("MSE, s²", TASK + "/mse").in(MILLISECONDS * MILLISECONDS, 1);
    return new ResultTable(
        "J",
        "J. Progressive regression on KuaiRand: how long a video is watched",
        "Test rows, mean ± standard deviation over the seeds. Plain heads have one tower of 128 and"
            + " 64; progressive regression has such a tower for each threshold, chained by their"
            + " logits. Thresholds are quantiles of the training rows, equal ones counted once, and"
            + " bins stand for the mean of the training values in them; thresholds by time divide"
            + " the time that was watched, not the rows, into equal parts. The validation rows decide"
            + " which epoch is kept, by squared error.",
        List.of(
            squared,
            new Column("MSE against the first line", squared.metric(), 1, 1, squared.relativeTo())
                .against(PLAIN),
            Column.of("MAE, s", TASK + "/mae").in(MILLISECONDS, 3),
            Column.of("Spearman", TASK + "/spearman"),
            Column.of("Kendall", TASK + "/kendall")),
        experiments,
        List.of());
  }

  /** Thresholds that divide the sum of the labels into equal parts; equal ones count once. */
  static OrdinalKind byTime(double[] labels, int count) {
    double[] sorted = labels.clone();
    Arrays.sort(sorted);
    double part = Arrays.stream(sorted).sum() / (count + 1);
    List<Double> thresholds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    double all = 0;
    double ofBin = 0;
    int from = 0;
    for (int i = 0; i < sorted.length; i++) {
      all += sorted[i];
      ofBin += sorted[i];
      boolean last = i + 1 == sorted.length;
      boolean divides = !last && sorted[i + 1] > sorted[i] && all >= part * (thresholds.size() + 1);
      if (last || (divides && thresholds.size() < count)) {
        values.add(ofBin / (i + 1 - from));
        if (!last) {
          thresholds.add(sorted[i]);
          rates.add((sorted.length - 1.0 - i) / sorted.length);
        }
        ofBin = 0;
        from = i + 1;
      }
    }
    return new OrdinalKind(
        thresholds, values, rates, Collections.nCopies(thresholds.size(), 1.0));
  }

  private Experiment head(String name, StudyData data, String architecture, TaskKind kind) {
    return Experiment.of(
        name,
        data,
        TaskGraph.of(Task.of(TASK, kind)),
        Architectures.of(architecture, budget.tower()),
        budget.options());
  }
}
