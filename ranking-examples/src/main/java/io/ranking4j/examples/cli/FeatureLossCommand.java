package io.ranking4j.examples.cli;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.report.TextTable;
import io.ranking4j.nn.training.FeatureLossReport;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.runtime.input.LostValues;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code feature-loss}: measures what a model loses where a feature is missing in serving. */
@Command(
    name = "feature-loss",
    description = "Measures what a model loses where a feature is missing in serving.")
final class FeatureLossCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final ModelOption modelFile = new ModelOption();

  @Option(
      names = "--group",
      description = "Features that are lost together, as NAME,NAME; may be given repeatedly.",
      paramLabel = "NAMES")
  private List<String> groups = List.of();

  @Option(
      names = "--validation",
      description =
          "Measure on the validation rows, to choose between models, and not on the test.")
  private boolean validation;

  @Override
  public Integer call() throws IOException {
    RankingModel model = modelFile.load();
    List<Set<String>> together = groups(groups);
    try {
      together.forEach(group -> LostValues.features(model.schema(), group));
    } catch (IllegalArgumentException | UnknownNameException e) {
      throw data.misuse(e.getMessage());
    }
    ExampleData example = data.openFor(model, common);
    Dataset rows = validation ? example.validation() : EvaluateCommand.testRows(example, model);
    FeatureLossReport report = FeatureLossReport.of(model, rows, together);
    PrintWriter print = common.out();
    print.println(table(report));
    print.printf(
        "%nmean loss of a feature: %s; every prediction of %d rows was finite%n",
        TextTable.format(report.meanCost()), rows.rows());
    print.flush();
    common.writeJson(json(report, rows.rows()));
    return 0;
  }

  /** Groups of names with commas between them. */
  static List<Set<String>> groups(List<String> texts) {
    List<Set<String>> groups = new ArrayList<>();
    texts.forEach(text -> groups.add(new LinkedHashSet<>(List.of(text.split(",")))));
    return groups;
  }

  private static TextTable table(FeatureLossReport report) {
    List<String> header = new ArrayList<>(List.of("lost"));
    report.complete().keySet().forEach(task -> header.addAll(List.of(task, "loss")));
    header.add("mean loss");
    TextTable table = new TextTable(header);
    Map<String, Double> none = new LinkedHashMap<>();
    report.complete().keySet().forEach(task -> none.put(task, 0.0));
    line(table, "(nothing)", report.complete(), none, 0);
    for (FeatureLossReport.Loss loss : report.losses()) {
      line(table, String.join(",", loss.names()), loss.quality(), loss.cost(), loss.meanCost());
    }
    return table;
  }

  private static void line(
      TextTable table,
      String lost,
      Map<String, Double> quality,
      Map<String, Double> cost,
      double mean) {
    List<Object> cells = new ArrayList<>(List.of(lost));
    quality.forEach(
        (task, value) -> cells.addAll(List.of(value, cost.getOrDefault(task, Double.NaN))));
    cells.add(mean);
    table.row(cells.toArray());
  }

  private static Map<String, Object> json(FeatureLossReport report, int rows) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", rows);
    json.put("complete", report.complete());
    json.put("mean_loss", report.meanCost());
    json.put(
        "losses",
        report.losses().stream()
            .map(
                loss -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("lost", List.copyOf(loss.names()));
                  one.put("features", List.copyOf(loss.features()));
                  one.put("quality", loss.quality());
                  one.put("loss", loss.cost());
                  one.put("mean_loss", loss.meanCost());
                  return one;
                })
            .toList());
    return json;
  }
}
