package io.ranking4j.examples.cli;

import io.ranking4j.data.Columns;
import io.ranking4j.data.LogDatabase;
import io.ranking4j.dataset.CategoricalColumn;
import io.ranking4j.dataset.Dataset;
import io.ranking4j.dataset.NumericColumn;
import io.ranking4j.error.DataException;
import io.ranking4j.evaluation.Estimate;
import io.ranking4j.evaluation.Groups;
import io.ranking4j.examples.report.TextTable;
import io.ranking4j.fusion.personal.Gate;
import io.ranking4j.fusion.personal.LoggedChoices;
import io.ranking4j.fusion.personal.PersonalLearner;
import io.ranking4j.fusion.personal.PersonalOptions;
import io.ranking4j.fusion.personal.PersonalResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code personal}: weights by request, learned from a log of random choices. */
@Command(
    name = "personal",
    description =
        "Learns from a log of weights that were taken at random which requests are better off with"
            + " which, and judges it on a part of the log that was kept out.")
final class PersonalCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--log",
      required = true,
      description = "A row a request: .csv, .tsv (also .gz) or .parquet.",
      paramLabel = "FILE")
  private Path log = Path.of("");

  @Option(
      names = "--arm-weights",
      required = true,
      description = "The weights of an arm, NAME=WEIGHT,...; once for each arm, the first is 0.",
      paramLabel = "WEIGHTS")
  private List<String> arms = List.of();

  @Option(
      names = "--features",
      required = true,
      split = ",",
      description = "Columns of numbers that a request is told by.",
      paramLabel = "COLUMN")
  private List<String> features = List.of();

  @Option(
      names = "--arm",
      description = "The column of the arm that was taken (default: ${DEFAULT-VALUE}).",
      paramLabel = "COLUMN")
  private String arm = "arm";

  @Option(
      names = "--propensity",
      description = "The column of the probability of that (default: ${DEFAULT-VALUE}).",
      paramLabel = "COLUMN")
  private String propensity = "propensity";

  @Option(
      names = "--reward",
      description = "The column of what came of it (default: ${DEFAULT-VALUE}).",
      paramLabel = "COLUMN")
  private String reward = "reward";

  @Option(
      names = "--user",
      description = "The column of the user, whose requests may depend on each other.",
      paramLabel = "COLUMN")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--value-head",
      description = "Judge rewards against what a second head predicts of the request.")
  private boolean valueHead;

  @Option(names = "--out", description = "Write the weights there.", paramLabel = "FILE")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() throws IOException {
    List<Map<String, Double>> weights;
    try {
      weights =
          arms.stream()
              .map(
                  text ->
                      TuningArguments.weights(Arrays.asList(text.split(",", -1)), false).current())
              .toList();
    } catch (IllegalArgumentException e) {
      throw common.misuse(e.getMessage());
    }
    PersonalResult result =
        PersonalLearner.learn(
            weights, read(), PersonalOptions.defaults(common.seed()).withValueHead(valueHead));
    Gate gate = result.gate();
    TextTable table = new TextTable(List.of("a request", "estimate", "95% interval"));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("personal", result.policy().isPersonal());
    json.put("best", result.best());
    add("best single weights", gate.fixed(), table, json);
    add("personal weights", gate.personal(), table, json);
    add("gain, SNIPS", gate.gain(), table, json);
    add("gain, doubly robust", gate.robustGain(), table, json);
    PrintWriter print = common.out();
    print.println(table);
    print.println(gate.reason());
    print.println("best single weights: " + TuningArguments.text(result.best()));
    print.flush();
    if (out.isPresent()) {
      Files.writeString(out.get(), result.policy().toJson() + System.lineSeparator());
    }
    common.writeJson(json);
    return 0;
  }

  private static void add(
      String what, Estimate estimate, TextTable table, Map<String, Object> json) {
    double lower = estimate.interval().lower();
    double upper = estimate.interval().upper();
    table.row(what, estimate.value(), TextTable.format(lower) + " to " + TextTable.format(upper));
    json.put(what, List.of(estimate.value(), lower, upper));
  }

  private LoggedChoices read() {
    if (!Files.isRegularFile(log)) {
      throw new DataException("log " + log + " does not exist or is no regular file");
    }
    Columns columns = Columns.bySqlType();
    if (user.isPresent()) {
      columns = columns.category(user.get());
    }
    Dataset rows;
    try (LogDatabase database = LogDatabase.open()) {
      rows = database.table("log", log).read("SELECT * FROM log", columns);
    }
    double[][] byFeature =
        features.stream().map(name -> numbers(rows, name)).toArray(double[][]::new);
    double[][] byRow = new double[rows.rows()][features.size()];
    for (int row = 0; row < byRow.length; row++) {
      for (int i = 0; i < byFeature.length; i++) {
        byRow[row][i] = byFeature[i][row];
      }
    }
    return new LoggedChoices(
        byRow,
        Arrays.stream(numbers(rows, arm)).mapToInt(PersonalCommand::whole).toArray(),
        // A log without them is refused by what is to learn from it, with the reason.
        rows.has(propensity) ? numbers(rows, propensity) : new double[0],
        numbers(rows, reward),
        user.map(name -> Groups.of(rows.column(name, CategoricalColumn.class).codes()))
            .orElse(null));
  }

  /** The numbers of a column, NaN where one is missing. */
  private static double[] numbers(Dataset rows, String name) {
    NumericColumn column = rows.column(name, NumericColumn.class);
    double[] values = column.values().clone();
    for (int row = 0; row < values.length; row++) {
      values[row] = column.isMissing(row) ? Double.NaN : values[row];
    }
    return values;
  }

  private static int whole(double arm) {
    if (arm != Math.rint(arm) || Math.abs(arm) > Integer.MAX_VALUE) {
      throw new DataException("arms must be whole numbers, but one was " + arm);
    }
    return (int) arm;
  }
}
