package io.ranking4j.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ranking4j.error.DataException;
import io.ranking4j.examples.report.TextTable;
import io.ranking4j.examples.tuning.TuningReport;
import io.ranking4j.fusion.gp.TimeCorrelation;
import io.ranking4j.fusion.search.BayesianOptions;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.Trial;
import io.ranking4j.fusion.tuning.OnlineOptions;
import io.ranking4j.fusion.tuning.OnlineStatus;
import io.ranking4j.fusion.tuning.OnlineTuner;
import io.ranking4j.fusion.tuning.TuningResult;
import io.ranking4j.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tune-online}: weights by A/B tests, a step a call, all of it in one file. */
@Command(
    name = "tune-online",
    description = "Finds weights by A/B tests: init once, then propose and record in turn.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TuneOnlineCommand.Init.class,
      TuneOnlineCommand.Propose.class,
      TuneOnlineCommand.RecordOutcomes.class,
      TuneOnlineCommand.Status.class
    })
final class TuneOnlineCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();

  @Override
  public Integer call() {
    throw console.misuse("a step is missing: init, propose, record or status");
  }

  /** What every step has. */
  abstract static class Step implements Callable<Integer> {
    @Mixin final CommonOptions common = new CommonOptions();

    @Option(
        names = "--state",
        required = true,
        description = "The file that the search is kept in.",
        paramLabel = "FILE")
    Path state = Path.of("");

    final OnlineTuner open() throws IOException {
      if (!Files.isRegularFile(state)) {
        throw new DataException(
            "state file " + state + " does not exist or is no regular file: start with init");
      }
      return OnlineTuner.open(state);
    }
  }

  /** {@code init}: says what is sought. */
  @Command(name = "init", description = "Starts a search.")
  static final class Init extends Step {
    @Option(
        names = "--weights",
        required = true,
        split = ",",
        description =
            "The weights as they are, NAME=CURRENT or NAME=LEAST:CURRENT:MOST. Without bounds they"
                + " keep their sum, unless --free.",
        paramLabel = "WEIGHT")
    private List<String> weights = List.of();

    @Option(names = "--free", description = "The sum of the weights may change.")
    private boolean free;

    @Option(
        names = "--maximise",
        required = true,
        description = "The metric that is to be as large as can be.",
        paramLabel = "METRIC")
    private String objective = "";

    @Option(
        names = "--constraint",
        description = "METRIC>=NUMBER or METRIC>=NUMBER*baseline, or with <=; may be repeated.",
        paramLabel = "TEXT")
    private List<String> constraints = List.of();

    @Option(
        names = "--arms",
        description = "Arms of a batch, the weights in use among them (default: ${DEFAULT-VALUE}).",
        paramLabel = "N")
    private int arms = OnlineOptions.DEFAULT_ARMS_PER_BATCH;

    @Option(
        names = "--batches",
        description = "Stop after so many (default: ${DEFAULT-VALUE}).",
        paramLabel = "N")
    private int batches = OnlineOptions.DEFAULT_MAX_BATCHES;

    @Option(
        names = "--period",
        split = ",",
        description =
            "Outcomes repeat after such times, in the unit of --at: 24,168 for hours. Arms are"
                + " then chosen by an upper confidence bound, and the search never converges.",
        paramLabel = "TIME")
    private double[] periods = {};

    @Option(
        names = "--forgetting",
        description = "The share that is forgotten in a unit of --at, in [0, 1).",
        paramLabel = "SHARE")
    private double forgetting;

    @Override
    public Integer call() throws IOException {
      OnlineTuner tuner;
      try {
        TuningArguments.Weights parsed = TuningArguments.weights(weights, !free);
        SearchProblem problem =
            SearchProblem.of(
                parsed.space(),
                Objective.maximise(objective),
                parsed.space().toPoint(parsed.current()));
        for (String text : constraints) {
          problem = problem.withConstraint(TuningArguments.constraint(text));
        }
        OnlineOptions options =
            OnlineOptions.defaults(common.seed()).withArmsPerBatch(arms).withMaxBatches(batches);
        tuner = OnlineTuner.create(state, problem, options.withSearch(search(options)));
      } catch (IllegalArgumentException e) {
        throw common.misuse(e.getMessage());
      }
      common
          .out()
          .println("search for " + objective + " in " + state + ": propose the first batch");
      common.out().flush();
      common.writeJson(Map.of("metrics", List.copyOf(tuner.problem().metrics())));
      return 0;
    }

    private BayesianOptions search(OnlineOptions options) {
      BayesianOptions search = options.search();
      if (periods.length == 0 && forgetting == 0) {
        return search;
      }
      TimeCorrelation periodic = TimeCorrelation.periodic(periods);
      search =
          search.withTime(
              new TimeCorrelation(periodic.periods(), periodic.lengthScale(), forgetting));
      return periods.length == 0
          ? search
          : search.withAcquisition(BayesianOptions.Acquisition.UPPER_CONFIDENCE_BOUND);
    }
  }

  /** A step that knows the time. */
  abstract static class TimedStep extends Step {
    @Option(
        names = "--at",
        description = "When, in the unit of --period; matters where outcomes depend on time.",
        paramLabel = "TIME")
    double now;
  }

  /** {@code propose}: the arms to run. */
  @Command(name = "propose", description = "Says which arms to run next.")
  static final class Propose extends TimedStep {
    @Override
    public Integer call() throws IOException {
      OnlineTuner tuner = open();
      List<Map<String, Double>> arms = tuner.propose(now);
      PrintWriter out = common.out();
      if (arms.isEmpty()) {
        out.println("nothing more: " + tuner.status(now).reason());
      } else {
        List<String> header = new ArrayList<>(List.of("arm"));
        header.addAll(tuner.problem().space().names());
        TextTable table = new TextTable(header);
        for (int arm = 0; arm < arms.size(); arm++) {
          List<Object> line = new ArrayList<>(List.of(arm == 0 ? "0 (in use)" : "" + arm));
          line.addAll(arms.get(arm).values());
          table.row(line.toArray());
        }
        out.println(table);
      }
      out.flush();
      common.writeJson(Map.of("arms", arms, "metrics", List.copyOf(tuner.problem().metrics())));
      return 0;
    }
  }

  /** {@code record}: what came of the arms. */
  @Command(name = "record", description = "Records what came of the arms of the batch.")
  static final class RecordOutcomes extends Step {
    @Option(
        names = "--outcomes",
        required = true,
        description =
            "A JSON file: {\"arms\": [{\"METRIC\": {\"mean\": 1, \"standard_error\": 0.1}}]}, in"
                + " the order of propose; {} for an arm that was given up.",
        paramLabel = "FILE")
    private Path outcomes = Path.of("");

    @Override
    public Integer call() throws IOException {
      OnlineTuner tuner = open();
      tuner.record(read(outcomes));
      common.out().println("recorded: " + tuner.status(0).batches() + " batches have run");
      common.out().flush();
      common.writeJson(Map.of("trials", tuner.trials().size()));
      return 0;
    }

    private static List<Map<String, Measurement>> read(Path file) throws IOException {
      JsonNode arms;
      try {
        arms = new JsonMapper().readTree(Files.readString(file)).path("arms");
      } catch (JsonProcessingException e) {
        throw new DataException(file + " is no JSON: " + e.getOriginalMessage(), e);
      }
      if (!arms.isArray()) {
        throw new DataException(file + " must have a list 'arms'");
      }
      List<Map<String, Measurement>> outcomes = new ArrayList<>();
      for (JsonNode arm : arms) {
        Map<String, Measurement> measured = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> metric : arm.properties()) {
          JsonNode mean = metric.getValue().path("mean");
          JsonNode error = metric.getValue().path("standard_error");
          if (!mean.isNumber() || !(error.isNumber() || error.isMissingNode())) {
            throw new DataException(
                "metric '"
                    + metric.getKey()
                    + "' in "
                    + file
                    + " must have a number 'mean' and may have a number 'standard_error', but was "
                    + metric.getValue());
          }
          measured.put(
              metric.getKey(),
              new Measurement(
                  mean.doubleValue(), error.isNumber() ? error.doubleValue() : Double.NaN));
        }
        outcomes.add(measured);
      }
      return outcomes;
    }
  }

  /** {@code status}: where the search stands. */
  @Command(name = "status", description = "Says where the search stands.")
  static final class Status extends TimedStep {
    @Option(
        names = "--report",
        description = "Write a page with the trials and what the model believes.",
        paramLabel = "FILE")
    private Optional<Path> report = Optional.empty();

    @Override
    public Integer call() throws IOException {
      OnlineTuner tuner = open();
      OnlineStatus status = tuner.status(now);
      String objective = tuner.problem().objectives().get(0).metric();
      PrintWriter out = common.out();
      out.println(status.phase() + ": " + status.reason());
      out.println("best weights: " + TuningArguments.text(status.weights()));
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("phase", status.phase().name());
      json.put("reason", status.reason());
      json.put("batches", status.batches());
      json.put("weights", status.weights());
      Measurement best = status.objective();
      Measurement inUse = status.statusQuo();
      if (best != null && inUse != null) {
        TextTable table = new TextTable(List.of(objective, "mean", "standard deviation"));
        table.row("in use", inUse.mean(), inUse.standardError());
        table.row("best", best.mean(), best.standardError());
        out.println(table);
        out.printf(
            Locale.ROOT,
            "meets the constraints with probability %.2f; the model explains %.2f of the variance"
                + " of trials left out%n",
            status.feasibility(),
            status.explained());
        json.put(
            "in_use", Map.of("mean", inUse.mean(), "standard_deviation", inUse.standardError()));
        json.put("best", Map.of("mean", best.mean(), "standard_deviation", best.standardError()));
        json.put("feasibility", status.feasibility());
        json.put("explained", status.explained());
        if (report.isPresent()) {
          write(report.get(), tuner, status);
        }
      }
      out.flush();
      common.writeJson(json);
      return 0;
    }

    private void write(Path page, OnlineTuner tuner, OnlineStatus status) throws IOException {
      SearchProblem problem = tuner.problem();
      List<Trial> finished = tuner.trials().stream().filter(trial -> !trial.isPending()).toList();
      Trial inUse = at(finished, problem.baseline());
      TuningResult result =
          new TuningResult(
              problem,
              "online",
              finished,
              at(finished, problem.space().toPoint(status.weights())),
              problem.paretoFront(finished, inUse));
      Report.builder()
          .title("Weights of the utility, by A/B tests")
          .subtitle(status.phase() + ": " + status.reason())
          .sections(TuningReport.sections(result, tuner.surrogate(), now))
          .build()
          .write(page);
    }

    private static Trial at(List<Trial> trials, double[] point) {
      return trials.stream()
          .filter(trial -> Arrays.equals(trial.point(), point))
          .findFirst()
          .orElse(trials.get(0));
    }
  }
}
