package io.ranking4j.examples.cli;

import io.ranking4j.dataset.Dataset;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.report.ModelReport;
import io.ranking4j.examples.report.ScoredModel;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.task.TaskGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report}: writes what models reach on the test rows as a page to read. */
@Command(
    name = "report",
    description = "Measures models on a log and writes an HTML page with charts.")
final class ReportCommand implements Callable<Integer> {
  /** What most people would look at first, by data set. */
  private static final Map<String, String> SEGMENTS =
      Map.of("kuairand", "tab", "simulated", "device", "census", "sex");

  private static final String MODEL_SUFFIX = ".r4j";

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--model-file",
      required = true,
      description = "A model that train has written; others are compared with it.",
      paramLabel = "FILE")
  private Path modelFile = Path.of("");

  @Option(
      names = "--compare",
      arity = "1..*",
      description = "Other models of the same tasks.",
      paramLabel = "FILE")
  private List<Path> compared = List.of();

  @Option(
      names = "--segment",
      split = ",",
      description =
          "Columns of categories to measure by (default: tab for kuairand, device for simulated,"
              + " sex for census).",
      paramLabel = "COLUMN")
  private List<String> segments = List.of();

  @Option(
      names = "--out",
      description = "Write the page there (default: ${DEFAULT-VALUE}).",
      paramLabel = "FILE")
  private Path out = Path.of("report.html");

  @Override
  public Integer call() throws IOException {
    List<Path> files = new ArrayList<>(List.of(modelFile));
    files.addAll(compared);
    List<ScoredModel> scored = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Map<String, String> labels = new LinkedHashMap<>();
    Dataset rows = null;
    for (Path file : files) {
      RankingModel model = DataOptions.load(file);
      ExampleData example = data.openFor(model, common);
      TaskGraph measured = Models.measured(model, example);
      Dataset test = EvaluateCommand.testRows(example, model);
      scored.add(
          ScoredModel.of(
              name(file, names), model, measured, test, example.userColumn(), segments(test)));
      if (rows == null) {
        rows = test;
        measured.tasks().forEach(task -> labels.put(task.name(), task.label()));
      }
    }
    if (rows == null) {
      throw new IllegalStateException("there is at least the model of --model-file");
    }
    String title =
        scored.size() == 1
            ? scored.get(0).name() + " on " + data.dataset()
            : scored.size() + " models on " + data.dataset();
    Path folder = out.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    ModelReport.of(title, scored, labels, rows, Map.of("dataset", data.dataset())).write(out);
    PrintWriter print = common.out();
    print.printf("report written to %s%n", out);
    print.flush();
    common.writeJson(Map.of("report", out.toString(), "rows", rows.rows()));
    return 0;
  }

  /** The columns that were asked for, or the usual one where the rows have it. */
  private List<String> segments(Dataset test) {
    if (!segments.isEmpty()) {
      return segments;
    }
    String usual = SEGMENTS.get(data.dataset());
    return usual != null && test.has(usual) ? List.of(usual) : List.of();
  }

  /** The name of the file without its ending, with a number where there was one of that name. */
  private static String name(Path file, Set<String> taken) {
    String name = String.valueOf(file.getFileName());
    String stem =
        name.endsWith(MODEL_SUFFIX)
            ? name.substring(0, name.length() - MODEL_SUFFIX.length())
            : name;
    String free = stem;
    for (int number = 2; !taken.add(free); number++) {
      free = stem + " (" + number + ")";
    }
    return free;
  }
}
