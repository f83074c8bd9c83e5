package io.ranking4j.examples.cli;

import io.ranking4j.examples.report.TextTable;
import io.ranking4j.examples.tuning.SearchBenchmark;
import io.ranking4j.examples.tuning.SeasonBenchmark;
import io.ranking4j.examples.tuning.TestFunction;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tune-benchmark}: how good the search for weights is on functions whose best is known. */
@Command(
    name = "tune-benchmark",
    description = "Measures the search for weights on test functions and on a simulated season.")
final class TuneBenchmarkCommand implements Callable<Integer> {
  private static final int DEFAULT_SEEDS = 30;
  private static final int PROPOSALS = 5;

  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--seeds",
      description = "How often each search is run (default: ${DEFAULT-VALUE}).",
      paramLabel = "N")
  private int seeds = DEFAULT_SEEDS;

  @Option(
      names = "--functions",
      split = ",",
      description = "Which of ${COMPLETION-CANDIDATES} (default: all).",
      paramLabel = "NAME")
  private List<TestFunction> functions = List.of(TestFunction.values());

  @Option(names = "--no-season", description = "Without the simulated season.")
  private boolean noSeason;

  @Override
  public Integer call() throws IOException {
    if (seeds < 1) {
      throw common.misuse("--seeds must be at least 1, but was " + seeds);
    }
    PrintWriter print = common.out();
    int searches = functions.size() + (noSeason ? 0 : SeasonBenchmark.WAYS);
    StepBar bar = new StepBar("searching", seeds * searches);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seeds", seeds);
    List<Object> measured = new ArrayList<>();
    TextTable table =
        new TextTable(
            List.of("median regret of " + seeds, "evaluations", "bayesian", "sobol", "random"));
    for (TestFunction function : functions) {
      for (SearchBenchmark.Row row : SearchBenchmark.run(function, seeds, bar::step)) {
        table.row(
            function.title(),
            row.evaluations(),
            shortened(row.bayesian()),
            shortened(row.sobol()),
            shortened(row.random()));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("function", function.title());
        line.put("evaluations", row.evaluations());
        line.put("bayesian", row.bayesian());
        line.put("sobol", row.sobol());
        line.put("random", row.random());
        measured.add(line);
      }
    }
    print.println(table);
    json.put("functions", measured);
    if (!noSeason) {
      Map<String, Double> season = SeasonBenchmark.run(seeds, bar::step);
      TextTable regrets =
          new TextTable(
              List.of("%d days of a daily season".formatted(SeasonBenchmark.DAYS), "regret"));
      season.forEach((name, regret) -> regrets.row(name, shortened(regret)));
      print.println();
      print.println(regrets);
      json.put("season", season);
    }
    double seconds = SearchBenchmark.proposalSeconds(PROPOSALS);
    print.printf(
        Locale.ROOT,
        "%nProposing 4 points after 100 trials in 6 dimensions takes %.2f s.%n",
        seconds);
    json.put("proposal_seconds", seconds);
    print.flush();
    common.writeJson(json);
    return 0;
  }

  /** Three digits, for regrets are of any size. */
  private static String shortened(double regret) {
    return Double.isNaN(regret) ? "-" : String.format(Locale.ROOT, "%.3g", regret);
  }
}
