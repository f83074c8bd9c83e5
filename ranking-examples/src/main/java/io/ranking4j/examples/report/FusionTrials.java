package io.ranking4j.examples.report;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.evaluation.Predictions;
import io.ranking4j.evaluation.RocAuc;
import io.ranking4j.report.Section;
import io.ranking4j.report.section.ComparisonSection;
import io.ranking4j.report.section.FrontSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What simple fusions of one model's probabilities reach on each task, for a report. */
public final class FusionTrials {
  /** Least probability whose logarithm is taken, as in multiplicative fusion. */
  private static final double LEAST = 1e-12;

  private static final int STEPS = 20;
  private static final int MAX_ROWS = 200_000;
  private static final String SUM = "sum of all";

  private final Map<String, double[]> probabilities;
  private final Map<String, double[]> labels = new LinkedHashMap<>();
  private final int[] rows;
  private final String remark;

  private FusionTrials(ScoredModel scored, Map<String, NumericColumn> columns, int rowsOfData) {
    this.probabilities = scored.probabilities();
    int[] labelled =
        IntStream.range(0, rowsOfData)
            .filter(row -> columns.values().stream().noneMatch(label -> label.isMissing(row)))
            .toArray();
    int step = (labelled.length + MAX_ROWS - 1) / MAX_ROWS;
    this.rows =
        step <= 1
            ? labelled
            : IntStream.range(0, labelled.length / step).map(i -> labelled[i * step]).toArray();
    columns.forEach((task, label) -> labels.put(task, Evaluation.pick(label.values(), rows)));
    this.remark =
        step <= 1
            ? ""
            : String.format(Locale.ROOT, " On every %d-th row, %,d of them.", step, rows.length);
  }

  /**
   * The fusions of a model against each other, and the trade-off between its first and its last
   * task; empty for fewer than two tasks.
   *
   * @param labelColumns by task, the column of its label
   */
  public static List<Section> of(
      ScoredModel scored, Map<String, String> labelColumns, Dataset data) {
    Map<String, NumericColumn> columns = new LinkedHashMap<>();
    scored
        .probabilities()
        .keySet()
        .forEach(
            task ->
                columns.put(
                    task, data.column(labelColumns.getOrDefault(task, task), NumericColumn.class)));
    if (columns.size() < 2) {
      return List.of();
    }
    FusionTrials trials = new FusionTrials(scored, columns, data.rows());
    return List.of(trials.compared(), trials.front());
  }

  private ComparisonSection compared() {
    Map<String, Map<String, MetricValue>> values = new LinkedHashMap<>();
    values.put(SUM, auc(row -> probabilities.values().stream().mapToDouble(p -> p[row]).sum()));
    values.put(
        "product of all",
        auc(row -> probabilities.values().stream().mapToDouble(p -> log(p[row])).sum()));
    probabilities.forEach((task, p) -> values.put(task + " alone", auc(row -> p[row])));
    return new ComparisonSection("Fusions compared", "ROC-AUC", SUM, values);
  }

  private FrontSection front() {
    List<String> names = List.copyOf(probabilities.keySet());
    String first = names.get(0);
    String last = names.get(names.size() - 1);
    List<FrontSection.Candidate> candidates = new ArrayList<>();
    for (int step = 0; step <= STEPS; step++) {
      double weight = (double) step / STEPS;
      candidates.add(
          candidate(
              String.format(Locale.ROOT, "%s^%.2f × %s^%.2f", first, 1 - weight, last, weight),
              first,
              last,
              row ->
                  (1 - weight) * log(probability(first, row))
                      + weight * log(probability(last, row)),
              false));
    }
    candidates.add(
        candidate(
            SUM,
            first,
            last,
            row -> probabilities.values().stream().mapToDouble(p -> p[row]).sum(),
            true));
    return new FrontSection(
        "Trade-off of fusions",
        "Products of the two probabilities with exponents that sum to 1, and the sum of all."
            + remark,
        "ROC-AUC of " + first,
        "ROC-AUC of " + last,
        candidates);
  }

  private FrontSection.Candidate candidate(
      String name, String first, String last, IntToDoubleFunction utility, boolean highlighted) {
    Map<String, MetricValue> auc = auc(utility);
    return new FrontSection.Candidate(
        name,
        auc.getOrDefault(first, MetricValue.undefined("no such task")).value(),
        auc.getOrDefault(last, MetricValue.undefined("no such task")).value(),
        highlighted);
  }

  private Map<String, MetricValue> auc(IntToDoubleFunction utility) {
    double[] utilities = IntStream.of(rows).mapToDouble(utility).toArray();
    Map<String, MetricValue> auc = new LinkedHashMap<>();
    labels.forEach(
        (task, label) -> auc.put(task, RocAuc.compute(Predictions.of(label, utilities))));
    return auc;
  }

  private double probability(String task, int row) {
    double[] all = probabilities.get(task);
    return all == null ? Double.NaN : all[row];
  }

  private static double log(double probability) {
    return Math.log(Math.max(LEAST, probability));
  }
}
