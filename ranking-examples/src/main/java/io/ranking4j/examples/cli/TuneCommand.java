package io.ranking4j.examples.cli;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.evaluation.Interval;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.report.TextTable;
import io.ranking4j.examples.tuning.FusionRows;
import io.ranking4j.examples.tuning.HeldOut;
import io.ranking4j.examples.tuning.ScoredRows;
import io.ranking4j.examples.tuning.TuningReport;
import io.ranking4j.examples.tuning.UtilityGrid;
import io.ranking4j.fusion.Fusions;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.fusion.MultiplicativeFusion;
import io.ranking4j.fusion.search.BayesianSearch;
import io.ranking4j.fusion.search.Constraint;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.RandomSearch;
import io.ranking4j.fusion.search.Search;
import io.ranking4j.fusion.search.SobolSearch;
import io.ranking4j.fusion.search.Trial;
import io.ranking4j.fusion.tuning.TuningResult;
import io.ranking4j.fusion.tuning.UtilityTuner;
import io.ranking4j.io.AtomicFile;
import io.ranking4j.report.Report;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.spi.Fusion;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tune}: weights of a utility on the validation rows of a log, checked on its test rows. */
@Command(
    name = "tune",
    description =
        "Finds weights of a utility on the validation rows of a log and checks them on the test"
            + " rows.")
final class TuneCommand implements Callable<Integer> {
  /** What makes a fusion of weights. */
  enum Kind {
    LINEAR,
    MULTIPLICATIVE;

    Fusion of(Map<String, Double> weights) {
      return switch (this) {
        case LINEAR -> LinearFusion.of(weights);
        case MULTIPLICATIVE -> MultiplicativeFusion.of(weights);
      };
    }
  }

  /** How weights are looked for. */
  enum Method {
    BAYESIAN,
    SOBOL,
    RANDOM;

    Search search(long seed) {
      return switch (this) {
        case BAYESIAN -> BayesianSearch.of(seed);
        case SOBOL -> new SobolSearch(seed);
        case RANDOM -> new RandomSearch(seed);
      };
    }
  }

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Mixin private final ModelOption modelFile = new ModelOption();

  @Option(
      names = "--weights",
      split = ",",
      description =
          "The hand-picked weights, NAME=CURRENT or NAME=LEAST:CURRENT:MOST (default: 1 for every"
              + " task). Without bounds they keep their sum, unless --free.",
      paramLabel = "WEIGHT")
  private List<String> weights = List.of();

  @Option(names = "--free", description = "The sum of the weights may change.")
  private boolean free;

  @Option(
      names = "--fusion",
      description = "linear or multiplicative (default: ${DEFAULT-VALUE}).",
      paramLabel = "KIND")
  private Kind kind = Kind.LINEAR;

  @Option(
      names = "--maximise",
      description =
          "TASK.MEASURE to be as large as can be, several for the trade-off; measures are pr_auc,"
              + " auc, gauc, list_auc, wr@K, ndcg@K (default: pr_auc of the last task).",
      paramLabel = "METRIC")
  private List<String> objectives = List.of();

  @Option(
      names = "--constraint",
      description = "METRIC>=NUMBER*baseline or METRIC>=NUMBER; may be repeated.",
      paramLabel = "TEXT")
  private List<String> constraints = List.of();

  @Option(
      names = "--confidence",
      description =
          "Ask constraints with this confidence, in (0.5, 1), by resampling users or requests"
              + " (default: take metrics for exact).",
      paramLabel = "LEVEL")
  private Optional<Double> confidence = Optional.empty();

  @Option(
      names = "--evaluations",
      description = "Weights that are tried (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int evaluations = UtilityTuner.DEFAULT_EVALUATIONS;

  @Option(
      names = "--search",
      description = "bayesian, sobol or random (default: ${DEFAULT-VALUE}).",
      paramLabel = "NAME")
  private Method method = Method.BAYESIAN;

  @Option(
      names = "--grid",
      description = "Also try all weights of a grid of so many steps, to measure the search by.",
      paramLabel = "STEPS")
  private int grid;

  @Option(
      names = "--compare",
      split = ",",
      description =
          "Instead, compare either probability alone, their product and their sum on the test"
              + " rows, as published and tuned.",
      paramLabel = "TASK")
  private List<String> compared = List.of();

  @Option(names = "--out", description = "Write the tuned fusion there.", paramLabel = "FILE")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--report",
      description = "Write a page with the trials, the trade-offs and what the model believes.",
      paramLabel = "FILE")
  private Optional<Path> report = Optional.empty();

  @Override
  public Integer call() throws IOException {
    PrintWriter print = common.out();
    RankingModel model = modelFile.load();
    ExampleData example = data.openFor(model, common);
    ScoredRows tuning = scored(model, example, example.validation());
    ScoredRows test = scored(model, example, EvaluateCommand.testRows(example, model));
    long seed = common.seed();
    if (!compared.isEmpty()) {
      compare(tuning, test, seed, print);
      return 0;
    }
    TuningArguments.Weights start = start(model.tasks());
    UtilityTuner tuner = tuner(start, model.tasks(), tuning, seed);
    TuningResult result = tuner.tune(tuning.predictions());
    confidence.ifPresent(
        level ->
            print.printf(
                Locale.ROOT, "constrained metrics as reached with confidence %s%n", level));
    print.print(result);
    List<String> metrics = List.copyOf(tuner.problem().metrics());
    Fusion tuned = kind.of(result.weights());
    List<HeldOut> heldOut = HeldOut.measure(metrics, test, kind.of(start.current()), tuned, seed);
    print.println(table(heldOut, tuner.problem().constraints()));
    Map<String, Object> json = json(result, heldOut);
    if (grid > 0) {
      json.put("grid", grid(tuner, tuning, result, print));
    }
    print.flush();
    // First what took longest to find: a page that cannot be written must not lose it.
    common.writeJson(json);
    if (out.isPresent()) {
      AtomicFile.writeString(out.get(), Fusions.toJson(tuned) + System.lineSeparator());
    }
    if (report.isPresent()) {
      Report.builder()
          .title("Weights of the utility")
          .subtitle(modelFile.file.getFileName() + " on " + data.dataset())
          .sections(TuningReport.sections(result, seed))
          .build()
          .write(report.get());
    }
    return 0;
  }

  private static ScoredRows scored(RankingModel model, ExampleData example, Dataset rows) {
    return ScoredRows.of(
        model,
        model.tasks(),
        rows,
        example.requestColumn().or(example::userColumn),
        example.signals());
  }

  private void compare(ScoredRows tuning, ScoredRows test, long seed, PrintWriter print)
      throws IOException {
    if (compared.size() != 2) {
      throw data.misuse("--compare must name two tasks, but was " + compared);
    }
    List<FusionRows.Row> rows =
        FusionRows.measure(compared.get(0), compared.get(1), tuning, test, evaluations, seed);
    print.println(FusionRows.toTable(rows));
    print.flush();
    common.writeJson(
        Map.of(
            "fusions",
            rows.stream()
                .map(row -> Map.of("fusion", row.name(), "metrics", row.metrics()))
                .toList()));
  }

  private TuningArguments.Weights start(TaskGraph tasks) {
    List<String> texts =
        weights.isEmpty() ? tasks.names().stream().map(name -> name + "=1").toList() : weights;
    try {
      return TuningArguments.weights(texts, !free);
    } catch (IllegalArgumentException e) {
      throw data.misuse(e.getMessage());
    }
  }

  private UtilityTuner tuner(
      TuningArguments.Weights start, TaskGraph tasks, ScoredRows rows, long seed) {
    Fusions.validate(kind.of(start.current()), tasks.names(), rows.predictions().signals());
    UtilityTuner.Builder builder =
        UtilityTuner.builder(start.space(), kind::of)
            .baseline(start.current())
            .evaluations(evaluations)
            .search(method.search(seed));
    List<String> sought =
        objectives.isEmpty()
            ? List.of(tasks.names().get(tasks.names().size() - 1) + ".pr_auc")
            : objectives;
    for (String metric : sought) {
      builder.maximise(metric, rows.metric(metric));
    }
    try {
      for (String text : constraints) {
        Constraint constraint = TuningArguments.constraint(text);
        builder.constraint(constraint, rows.metric(constraint.metric()));
      }
      if (confidence.isPresent()) {
        builder.confidence(confidence.get(), rows.groups());
      }
    } catch (IllegalArgumentException e) {
      throw data.misuse(e.getMessage());
    }
    StepBar bar = new StepBar("tuning", evaluations);
    return builder.listener(trial -> bar.step()).build();
  }

  private static String table(List<HeldOut> heldOut, List<Constraint> constraints) {
    TextTable table =
        new TextTable(
            List.of(
                "on test rows", "hand-picked", "tuned", "ratio", "95% interval", "asked", "held"));
    for (HeldOut row : heldOut) {
      Interval interval = row.ratio().interval();
      Optional<Constraint> asked =
          constraints.stream()
              .filter(constraint -> constraint.metric().equals(row.metric()))
              .findFirst();
      table.row(
          row.metric(),
          row.baseline(),
          row.tuned(),
          row.ratio().value(),
          TextTable.format(interval.lower()) + " to " + TextTable.format(interval.upper()),
          asked.map(Constraint::toString).orElse(""),
          asked.map(constraint -> row.verdict(constraint).toString()).orElse(""));
    }
    return table.toString();
  }

  private Map<String, Object> grid(
      UtilityTuner tuner, ScoredRows rows, TuningResult result, PrintWriter print) {
    String objective = tuner.problem().objectives().get(0).metric();
    Optional<Trial> best = UtilityGrid.best(tuner, rows.predictions(), result.baseline(), grid);
    if (best.isEmpty()) {
      print.println("grid of " + grid + " steps: no weights are allowed");
      return Map.of("steps", grid);
    }
    double optimum = mean(best.get(), objective);
    double found = mean(result.best(), objective);
    Map<String, Double> at = tuner.problem().space().toMap(best.get().point());
    print.printf(
        Locale.ROOT,
        "grid of %d steps: best %s %.6f at %s; the search found %.3f%% of it%n",
        grid,
        objective,
        optimum,
        TuningArguments.text(at),
        100 * found / optimum);
    return Map.of("steps", grid, "best", optimum, "weights", at, "found", found / optimum);
  }

  private static double mean(Trial trial, String metric) {
    Measurement measured = trial.outcomes().get(metric);
    return measured == null ? Double.NaN : measured.mean();
  }

  private Map<String, Object> json(TuningResult result, List<HeldOut> heldOut) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("search", result.search());
    json.put("weights", result.weights());
    json.put("allowed", result.isFeasible());
    confidence.ifPresent(level -> json.put("confidence", level));
    List<Object> trials = new ArrayList<>();
    for (Trial trial : result.trials()) {
      Map<String, Double> metrics = new LinkedHashMap<>();
      for (String metric : result.problem().metrics()) {
        metrics.put(metric, mean(trial, metric));
      }
      trials.add(
          Map.of(
              "weights",
              result.problem().space().toMap(trial.point()),
              "metrics",
              metrics,
              "allowed",
              result.problem().violated(trial, result.baseline()).isEmpty(),
              "on_front",
              result.front().contains(trial)));
    }
    json.put("trials", trials);
    json.put(
        "test",
        heldOut.stream()
            .map(
                row ->
                    Map.of(
                        "metric",
                        row.metric(),
                        "hand_picked",
                        row.baseline(),
                        "tuned",
                        row.tuned(),
                        "ratio",
                        row.ratio().value(),
                        "lower",
                        row.ratio().interval().lower(),
                        "upper",
                        row.ratio().interval().upper()))
            .toList());
    return json;
  }
}
