package io.ranking4j.examples.cli;

import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.error.UnknownNameException;
import io.ranking4j.examples.data.ExampleData;
import io.ranking4j.examples.data.LogRequest;
import io.ranking4j.examples.report.TextTable;
import io.ranking4j.fusion.Fusions;
import io.ranking4j.fusion.LinearFusion;
import io.ranking4j.ranking.RankedCandidate;
import io.ranking4j.ranking.Ranking;
import io.ranking4j.runtime.Ranker;
import io.ranking4j.runtime.RankingModel;
import io.ranking4j.spi.Fusion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rank}: ranks the candidates of one user or request of the test rows. */
@Command(name = "rank", description = "Ranks the candidates of one user or request.")
final class RankCommand implements Callable<Integer> {
  private static final int DEFAULT_TOP = 10;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DataOptions data = new DataOptions();

  @Mixin private final ModelOption modelFile = new ModelOption();

  @Option(
      names = "--user",
      description = "Rank what this user was shown (default: the first user of the log).",
      paramLabel = "ID")
  private Optional<String> user = Optional.empty();

  @Option(names = "--request", description = "Rank what this request was given.", paramLabel = "ID")
  private Optional<String> request = Optional.empty();

  @Option(
      names = "--fusion",
      description =
          "The fusion as JSON, or a file of it (default: the sum of the probabilities of all"
              + " tasks).",
      paramLabel = "JSON|FILE")
  private Optional<String> fusion = Optional.empty();

  @Option(
      names = "--top",
      description = "Show so many (default: ${DEFAULT-VALUE}).",
      paramLabel = "K")
  private int top = DEFAULT_TOP;

  @Option(names = "--explain", description = "Show why each of them has its utility.")
  private boolean explain;

  @Override
  public Integer call() throws IOException {
    PrintWriter print = common.out();
    if (top < 1) {
      throw data.misuse("--top must be at least 1, but was " + top);
    }
    if (user.isPresent() && request.isPresent()) {
      throw data.misuse("--user and --request exclude one another");
    }
    RankingModel model = modelFile.load();
    ExampleData example = data.openFor(model, common);
    Fusion chosen = fusion(model);
    Fusions.validate(chosen, model.tasks().names(), example.signals());
    Dataset test = EvaluateCommand.testRows(example, model);
    LogRequest asked =
        LogRequest.of(
            test, model.schema(), rows(example, test), example.idColumn(), example.signals());
    List<Map<String, Object>> items = new ArrayList<>();
    try (Ranker ranker = Ranker.of(model, chosen)) {
      Ranking ranking = ranker.rank(asked.context(), asked.candidates());
      List<RankedCandidate> shown = ranking.items().subList(0, Math.min(top, ranking.size()));
      print.println(table(model, shown));
      for (RankedCandidate candidate : shown) {
        items.add(json(candidate));
        if (explain) {
          print.printf(
              "%n%s", ranker.explain(asked.context(), asked.candidates().get(candidate.index())));
        }
      }
      print.flush();
    }
    common.writeJson(
        Map.of("fusion", chosen.typeId(), "candidates", asked.candidates().size(), "items", items));
    return 0;
  }

  /** The rows of the user or request that was asked for, or of the first. */
  private int[] rows(ExampleData example, Dataset test) {
    String kind = request.isPresent() ? "request" : "user";
    Optional<String> column = request.isPresent() ? example.requestColumn() : example.userColumn();
    if (column.isEmpty()) {
      if (user.isPresent() || request.isPresent()) {
        throw data.misuse("data set '" + data.dataset() + "' knows no " + kind);
      }
      return IntStream.range(0, test.rows()).toArray();
    }
    CategoricalColumn ids = test.column(column.get(), CategoricalColumn.class);
    String wanted = request.or(() -> user).orElse(String.valueOf(ids.get(0)));
    int code = Arrays.asList(ids.dictionary()).indexOf(wanted);
    int[] rows =
        IntStream.range(0, ids.size())
            .filter(row -> code >= 0 && ids.codes()[row] == code)
            .toArray();
    if (rows.length == 0) {
      throw new UnknownNameException(kind, wanted, Arrays.asList(ids.dictionary()));
    }
    return rows;
  }

  private Fusion fusion(RankingModel model) throws IOException {
    if (fusion.isEmpty()) {
      Map<String, Double> weights = new LinkedHashMap<>();
      model.tasks().names().forEach(task -> weights.put(task, 1.0));
      return LinearFusion.of(weights);
    }
    String text = fusion.get().strip();
    return Fusions.fromJson(text.startsWith("{") ? text : Files.readString(Path.of(text)));
  }

  private static String table(RankingModel model, List<RankedCandidate> shown) {
    List<String> header = new ArrayList<>(List.of("id", "utility"));
    header.addAll(model.tasks().names());
    TextTable table = new TextTable(header);
    for (RankedCandidate candidate : shown) {
      List<Object> line = new ArrayList<>(List.of(candidate.id(), candidate.utility()));
      line.addAll(candidate.predictions().values());
      table.row(line.toArray());
    }
    return table.toString();
  }

  private static Map<String, Object> json(RankedCandidate candidate) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", candidate.id());
    values.put("utility", candidate.utility());
    values.put("predictions", candidate.predictions());
    return values;
  }
}
