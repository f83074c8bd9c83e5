package io.ranking4j.examples.tuning;

import io.ranking4j.error.DataException;
import io.ranking4j.evaluation.MetricValue;
import io.ranking4j.examples.report.TextTable;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.fusion.MultiplicativeFusion;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.tuning.UtilityMetric;
import io.ranking4j.fusion.tuning.UtilityTuner;
import io.ranking4j.spi.Fusion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fusions that published write-ups compare, on one model: either probability alone, their
 * product with exponents and their weighted sum, with the published numbers and with numbers tuned
 * on other rows than those that are measured.
 */
public final class FusionRows {
  /** The exponent of the first probability in the published product. */
  private static final double PUBLISHED_EXPONENT = -0.2;

  /** The weight of the second probability in the published sum. */
  private static final double PUBLISHED_WEIGHT = 20;

  private FusionRows() {}

  /**
   * A fusion with what it reached.
   *
   * @param name what it is
   * @param metrics by name
   */
  public record Row(String name, Map<String, Double> metrics) {}

  /**
   * Measures the fusions.
   *
   * @param click the task whose probability comes first
   * @param conversion the task of the rarer action, whose label counts in the metrics
   * @param tuning rows to tune on
   * @param test rows to measure on
   * @param evaluations of one tuning
   * @param seed of the tuning
   */
  public static List<Row> measure(
      String click,
      String conversion,
      ScoredRows tuning,
      ScoredRows test,
      int evaluations,
      long seed) {
    List<Row> rows = new ArrayList<>();
    rows.add(row(click, LinearFusion.of(Map.of(click, 1.0)), conversion, test));
    rows.add(row(conversion, LinearFusion.of(Map.of(conversion, 1.0)), conversion, test));
    rows.add(product(click, conversion, PUBLISHED_EXPONENT, "", test));
    rows.add(sum(click, conversion, PUBLISHED_WEIGHT, "", test));
    double exponent =
        tuned(
            SearchSpace.box(List.of("exponent"), -1, 2),
            PUBLISHED_EXPONENT,
            weight -> MultiplicativeFusion.of(Map.of(click, weight, conversion, 1.0)),
            conversion,
            tuning,
            evaluations,
            seed);
    rows.add(product(click, conversion, exponent, ", tuned", test));
    // The weight over orders of magnitude: its logarithm is what is searched.
    double logWeight =
        tuned(
            SearchSpace.box(List.of("exponent"), -2, 4),
            Math.log10(PUBLISHED_WEIGHT),
            log -> LinearFusion.of(Map.of(click, 1.0, conversion, Math.pow(10, log))),
            conversion,
            tuning,
            evaluations,
            seed);
    rows.add(sum(click, conversion, Math.pow(10, logWeight), ", tuned", test));
    return rows;
  }

  @FunctionalInterface
  private interface OfNumber {
    Fusion fusion(double number);
  }

  private static double tuned(
      SearchSpace space,
      double published,
      OfNumber fusions,
      String conversion,
      ScoredRows rows,
      int evaluations,
      long seed) {
    String name = space.names().get(0);
    Map<String, Double> best =
        UtilityTuner.builder(
                space, weights -> fusions.fusion(weights.getOrDefault(name, Double.NaN)))
            .baseline(Map.of(name, published))
            .maximise("list AUC", UtilityMetric.listAuc(rows.labels(conversion), rows.groups()))
            .evaluations(evaluations)
            .seed(seed)
            .build()
            .tune(rows.predictions())
            .weights();
    return best.getOrDefault(name, Double.NaN);
  }

  private static Row product(
      String click, String conversion, double exponent, String remark, ScoredRows rows) {
    return row(
        "%s^%s x %s%s".formatted(click, TextTable.format(exponent), conversion, remark),
        MultiplicativeFusion.of(Map.of(click, exponent, conversion, 1.0)),
        conversion,
        rows);
  }

  private static Row sum(
      String click, String conversion, double weight, String remark, ScoredRows rows) {
    return row(
        "%s + %s x %s%s".formatted(click, TextTable.format(weight), conversion, remark),
        LinearFusion.of(Map.of(click, 1.0, conversion, weight)),
        conversion,
        rows);
  }

  private static Row row(String name, Fusion fusion, String conversion, ScoredRows rows) {
    double[] utility = new double[rows.size()];
    fusion.fuse(rows.predictions(), utility);
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String measure :
        List.of("wr@100", "wr@10", "wr@3", "list_auc", "ndcg@10", "pr_auc", "auc")) {
      MetricValue value = rows.metric(conversion + "." + measure).of(utility);
      if (!value.isDefined()) {
        throw new DataException(
            "metric '" + measure + "' is undefined on these rows: " + value.undefinedBecause());
      }
      metrics.put(measure, value.value());
    }
    return new Row(name, metrics);
  }

  /** As a table for people, one fusion a line. */
  public static String toTable(List<Row> rows) {
    List<String> header = new ArrayList<>(List.of("fusion"));
    header.addAll(rows.get(0).metrics().keySet());
    TextTable table = new TextTable(header);
    for (Row row : rows) {
      List<Object> line = new ArrayList<>(List.of(row.name()));
      line.addAll(row.metrics().values());
      table.row(line.toArray());
    }
    return table.toString();
  }
}
