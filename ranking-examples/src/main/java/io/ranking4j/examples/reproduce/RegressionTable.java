package io.ranking4j.examples.reproduce;

import io.ranking4j.examples.reproduce.ResultTable.Column;
import io.ranking4j.nn.architecture.Architectures;
import io.ranking4j.nn.training.TrainerOptions;
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
import java.util.stream.IntStream;

/** Progressive regression against plain regression, on the time that a video is watched. */
final class RegressionTable {
  private static final String PLAIN = "plain head, squared error";
  private static final String NSE = "nse";
  private static final String PROGRESSIVE = "progressive";
  private static final double MILLISECONDS = 1_000;
  private static final int FEW = 9;
  private static final int MANY = 29;

  /** Thresholds of the write-up are apart by this many milliseconds. */
  private static final double STEP = 10_000;

  private static final double FIRST_WEIGHT = 0.9;
  private static final double WEIGHT_STEP = 0.05;

  private static final String PROTOCOL =
      "Test rows, mean ± standard deviation over the seeds. Plain heads have one tower of 128 and"
          + " 64, as has \"one tower\" for all thresholds; progressive regression has such a tower"
          + " for each threshold, chained by their logits. The validation rows decide which epoch"
          + " is kept, by squared error; all thresholds are kept as of the same epoch, none stops"
          + " on its own. The error of known bins is that of an oracle that knows between which"
          + " thresholds every test row is: it is left to all that have these thresholds.";

  private final Budget budget;

  RegressionTable(Budget budget) {
    this.budget = budget;
  }

  /** J: play time on KuaiRand as it was recorded. */
  ResultTable watched(StudyData data) {
    String task = StudySets.PLAY_TIME;
    double[] labels = StudyData.values(data.train(), task);
    double deviation = deviation(labels);
    OrdinalKind few = OrdinalKind.quantiles(labels, FEW);
    OrdinalKind many = OrdinalKind.quantiles(labels, MANY);
    OrdinalKind time = byTime(labels, FEW);
    List<Experiment> experiments =
        List.of(
            head(PLAIN, data, task, NSE, RegressionKind.of(Penalty.SQUARED, deviation)),
            head("plain head, Huber", data, task, NSE, RegressionKind.of(Penalty.HUBER, deviation)),
            head(
                "plain head, logarithm",
                data,
                task,
                NSE,
                RegressionKind.of(Penalty.LOGARITHM, MILLISECONDS)),
            head("one tower, " + few.width() + " thresholds", data, task, NSE, few),
            head("progressive, " + few.width() + " thresholds", data, task, PROGRESSIVE, few),
            head("progressive, " + many.width() + " thresholds", data, task, PROGRESSIVE, many),
            head("one tower, " + time.width() + " thresholds by time", data, task, NSE, time),
            head(
                "progressive, " + time.width() + " thresholds by time",
                data,
                task,
                PROGRESSIVE,
                time));
    return new ResultTable(
        "J",
        "J. Progressive regression on KuaiRand: how long a video is watched",
        PROTOCOL
            + " Thresholds are quantiles of the training rows, equal ones counted once, and bins"
            + " stand for the mean of the training values in them; thresholds by time divide the"
            + " time that was watched, not the rows, into equal parts.",
        columns(task),
        experiments,
        List.of());
  }

  /** J2: in the setting of the write-up. */
  ResultTable clipped(StudyData data) {
    String task = StudySets.CLIPPED_PLAY_TIME;
    double[] labels = StudyData.values(data.train(), task);
    double[] thresholds = IntStream.rangeClosed(1, FEW).mapToDouble(k -> k * STEP).toArray();
    OrdinalKind middles = middles(labels, thresholds, StudySets.CLIP);
    OrdinalKind weighted =
        middles.positiveWeights(
            IntStream.range(0, FEW).mapToDouble(k -> FIRST_WEIGHT + WEIGHT_STEP * k).toArray());
    OrdinalKind means = means(labels, thresholds);
    RegressionKind inSeconds = RegressionKind.of(Penalty.SQUARED, MILLISECONDS);
    TrainerOptions fromZero = budget.options().baseRates(false);
    List<Experiment> experiments =
        List.of(
            head(PLAIN, data, task, NSE, RegressionKind.of(Penalty.SQUARED, deviation(labels))),
            head(
                "plain head, Huber",
                data,
                task,
                NSE,
                RegressionKind.of(Penalty.HUBER, deviation(labels))),
            head("plain head, in seconds", data, task, NSE, inSeconds),
            head("plain head, in seconds, from zero", data, task, NSE, inSeconds, fromZero),
            head("one tower, bins' middles", data, task, NSE, middles),
            head("progressive, bins' middles, weights", data, task, PROGRESSIVE, weighted),
            head("progressive, bins' middles", data, task, PROGRESSIVE, middles),
            head("progressive, bins' means", data, task, PROGRESSIVE, means));
    return new ResultTable(
        "J2",
        "J2. Progressive regression on KuaiRand: the setting of the ResFlow write-up",
        PROTOCOL
            + " Play times above 96 s are taken for 96 s in all rows, for all methods alike."
            + " Thresholds are 10, 20, ..., 90 s; bins stand for their middles (5, 15, ..., 93 s)"
            + " as in the write-up, or for the mean of the training values in them. Weights: labels"
            + " above the thresholds count 0.9, 0.95, ..., 1.3 times, as in the write-up, which is"
            + " undone in the probabilities. Plain heads learn labels in units of their deviation,"
            + " and start at their mean; two do not: they learn seconds, and one of them starts at"
            + " 0.",
        columns(task),
        experiments,
        List.of());
  }

  private static List<Column> columns(String task) {
    Column squared = Column.of("MSE, s²", task + Measures.MSE).in(MILLISECONDS * MILLISECONDS, 1);
    return List.of(
        squared,
        new Column("MSE against the first line", squared.metric(), 1, 1, squared.relativeTo())
            .against(PLAIN),
        Column.of("MSE of validation, s²", RunResult.ofValidation(squared.metric()))
            .in(MILLISECONDS * MILLISECONDS, 1),
        Column.of("MSE of known bins, s²", task + Measures.MSE_OF_BINS)
            .in(MILLISECONDS * MILLISECONDS, 1),
        Column.of("MAE, s", task + "/mae").in(MILLISECONDS, 3),
        Column.of("Spearman", task + "/spearman"),
        Column.of("Kendall", task + "/kendall"));
  }

  private static double deviation(double[] labels) {
    double mean = Arrays.stream(labels).average().orElse(Double.NaN);
    return Math.sqrt(Arrays.stream(labels).map(v -> (v - mean) * (v - mean)).average().orElse(1));
  }

  /** Given thresholds; bins stand for their middles. */
  private static OrdinalKind middles(double[] labels, double[] thresholds, double greatest) {
    OrdinalKind means = means(labels, thresholds);
    return new OrdinalKind(
        means.thresholds(),
        OrdinalKind.of(0, greatest, thresholds).values(),
        means.rates(),
        means.positiveWeights());
  }

  /** Given thresholds, all within the labels; bins stand for the means of the labels in them. */
  static OrdinalKind means(double[] labels, double... thresholds) {
    List<Double> values = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (int k = 0; k <= thresholds.length; k++) {
      double from = k == 0 ? Double.NEGATIVE_INFINITY : thresholds[k - 1];
      double to = k == thresholds.length ? Double.POSITIVE_INFINITY : thresholds[k];
      values.add(
          Arrays.stream(labels).filter(v -> v > from && v <= to).average().orElse(Double.NaN));
      if (k < thresholds.length) {
        rates.add(Arrays.stream(labels).map(v -> v > to ? 1 : 0).average().orElse(Double.NaN));
      }
    }
    return new OrdinalKind(
        Arrays.stream(thresholds).boxed().toList(),
        values,
        rates,
        Collections.nCopies(thresholds.length, 1.0));
  }

  /** Thresholds that divide the sum of the labels into equal parts; equal ones count once. */
  static OrdinalKind byTime(double[] labels, int count) {
    double[] sorted = labels.clone();
    Arrays.sort(sorted);
    double part = Arrays.stream(sorted).sum() / (count + 1);
    List<Double> thresholds = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i + 1 < sorted.length; i++) {
      sum += sorted[i];
      if (sorted[i + 1] > sorted[i]
          && thresholds.size() < count
          && sum >= part * (thresholds.size() + 1)) {
        thresholds.add(sorted[i]);
      }
    }
    return means(labels, thresholds.stream().mapToDouble(v -> v).toArray());
  }

  private Experiment head(
      String name, StudyData data, String task, String architecture, TaskKind kind) {
    return head(name, data, task, architecture, kind, budget.options());
  }

  private Experiment head(
      String name,
      StudyData data,
      String task,
      String architecture,
      TaskKind kind,
      TrainerOptions options) {
    return Experiment.of(
        name,
        data,
        TaskGraph.of(Task.of(task, kind)),
        Architectures.of(architecture, budget.tower()),
        options);
  }
}
