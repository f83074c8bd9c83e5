package io.ranking4j.fusion.tuning;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ranking4j.error.DataException;
import io.ranking4j.fusion.gp.FitOptions;
import io.ranking4j.fusion.gp.Kernel;
import io.ranking4j.fusion.gp.TimeCorrelation;
import io.ranking4j.fusion.search.BayesianOptions;
import io.ranking4j.fusion.search.Constraint;
import io.ranking4j.fusion.search.Measurement;
import io.ranking4j.fusion.search.Objective;
import io.ranking4j.fusion.search.SearchProblem;
import io.ranking4j.fusion.search.SearchSpace;
import io.ranking4j.fusion.search.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * All that an online search is: the same state proposes the same arms. Written as JSON whose
 * numbers are read back to the bit. Immutable.
 *
 * @param problem what is sought
 * @param options how
 * @param trials in order, those of a batch that runs now are pending
 * @param nextBatch the number of the next batch
 * @param idle how many proposals in a row expected next to no improvement
 */
record OnlineState(
    SearchProblem problem, OnlineOptions options, List<Trial> trials, int nextBatch, int idle) {
  static final String FORMAT = "ranking4j-online-search";
  static final int VERSION = 1;
  private static final int MAX_DEPTH = 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  OnlineState {
    trials = List.copyOf(trials);
  }

  String toJson() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION);
    ObjectNode sought = root.putObject("problem");
    ObjectNode weights = sought.putObject("weights");
    SearchSpace space = problem.space();
    double[] lower = space.lower();
    double[] upper = space.upper();
    double[] baseline = problem.baseline();
    for (int i = 0; i < space.size(); i++) {
      weights
          .putObject(space.names().get(i))
          .put("lower", lower[i])
          .put("upper", upper[i])
          .put("baseline", baseline[i]);
    }
    if (space.total().isPresent()) {
      sought.put("total", space.total().getAsDouble());
    }
    ArrayNode objectives = sought.putArray("objectives");
    for (Objective objective : problem.objectives()) {
      objectives
          .addObject()
          .put("metric", objective.metric())
          .put("maximise", objective.isMaximised());
    }
    ArrayNode constraints = sought.putArray("constraints");
    for (Constraint constraint : problem.constraints()) {
      constraints
          .addObject()
          .put("metric", constraint.metric())
          .put("kind", constraint.kind().name())
          .put("value", constraint.value());
    }
    writeOptions(root.putObject("options"));
    root.put("next_batch", nextBatch).put("idle", idle);
    ArrayNode tried = root.putArray("trials");
    for (Trial trial : trials) {
      ObjectNode node = tried.addObject().put("batch", trial.batch()).put("time", trial.time());
      ArrayNode point = node.putArray("point");
      for (double value : trial.point()) {
        point.add(value);
      }
      ObjectNode outcomes = node.putObject("outcomes");
      new TreeMap<>(trial.outcomes())
          .forEach(
              (metric, measured) -> {
                ObjectNode outcome = outcomes.putObject(metric).put("mean", measured.mean());
                if (!Double.isNaN(measured.standardError())) {
                  outcome.put("standard_error", measured.standardError());
                }
              });
    }
    return root.toPrettyString();
  }

  private void writeOptions(ObjectNode node) {
    BayesianOptions search = options.search();
    node.put("arms_per_batch", options.armsPerBatch())
        .put("max_batches", options.maxBatches())
        .put("tolerance", options.tolerance())
        .put("patience", options.patience())
        .put("hopeless_batches", options.hopelessBatches())
        .put("seed", options.seed())
        .put("initial_trials", search.initialTrials())
        .put("draws", search.draws())
        .put("raw_candidates", search.rawCandidates())
        .put("starts", search.starts())
        .put("iterations", search.iterations())
        .put("acquisition", search.acquisition().name())
        .put("batch_offsets", search.hasBatchOffsets())
        .put("forgetting", search.time().forgetting())
        .put("period_length_scale", search.time().lengthScale())
        .put("fit_starts", search.fit().starts())
        .put("fit_iterations", search.fit().maxIterations());
    ArrayNode periods = node.putArray("periods");
    search.time().periods().forEach(periods::add);
    ArrayNode kernels = node.putArray("kernels");
    search.fit().shapes().forEach(shape -> kernels.add(shape.name()));
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws DataException where it is no state, one of a newer version, or was altered
   */
  static OnlineState fromJson(String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DataException(
          "the state of an online search is malformed: " + e.getOriginalMessage(), e);
    }
    Reader reader = new Reader(root);
    if (!reader.text("format").equals(FORMAT)) {
      throw new DataException(
          "the state of an online search must have the format '"
              + FORMAT
              + "', but had '"
              + reader.text("format")
              + "'");
    }
    int version = reader.whole("version");
    if (version != VERSION) {
      throw new DataException(
          "the state of an online search must have version " + VERSION + ", but had " + version);
    }
    try {
      SearchProblem problem = readProblem(reader.child("problem"));
      List<Trial> trials = new ArrayList<>();
      for (JsonNode node : reader.list("trials")) {
        Reader trial = new Reader(node);
        double[] point = trial.numbers("point");
        problem.space().check(point);
        Map<String, Measurement> outcomes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> outcome : trial.child("outcomes").node().properties()) {
          Reader measured = new Reader(outcome.getValue());
          double error =
              outcome.getValue().has("standard_error")
                  ? measured.number("standard_error")
                  : Double.NaN;
          outcomes.put(outcome.getKey(), new Measurement(measured.number("mean"), error));
        }
        trials.add(new Trial(point, outcomes, trial.whole("batch"), trial.number("time")));
      }
      return new OnlineState(
          problem,
          readOptions(reader.child("options")),
          trials,
          reader.whole("next_batch"),
          reader.whole("idle"));
    } catch (IllegalArgumentException e) {
      throw new DataException("the state of an online search is altered: " + e.getMessage(), e);
    }
  }

  private static SearchProblem readProblem(Reader problem) {
    List<String> names = new ArrayList<>();
    List<double[]> bounds = new ArrayList<>();
    for (Map.Entry<String, JsonNode> weight : problem.child("weights").node().properties()) {
      Reader reader = new Reader(weight.getValue());
      names.add(weight.getKey());
      bounds.add(
          new double[] {reader.number("lower"), reader.number("upper"), reader.number("baseline")});
    }
    SearchSpace space =
        new SearchSpace(
            names,
            column(bounds, 0),
            column(bounds, 1),
            problem.node().has("total")
                ? OptionalDouble.of(problem.number("total"))
                : OptionalDouble.empty());
    List<Objective> objectives = new ArrayList<>();
    for (JsonNode node : problem.list("objectives")) {
      Reader reader = new Reader(node);
      objectives.add(new Objective(reader.text("metric"), reader.truth("maximise")));
    }
    List<Constraint> constraints = new ArrayList<>();
    for (JsonNode node : problem.list("constraints")) {
      Reader reader = new Reader(node);
      constraints.add(
          new Constraint(
              reader.text("metric"),
              Constraint.Kind.valueOf(reader.text("kind")),
              reader.number("value")));
    }
    return new SearchProblem(space, objectives, constraints, column(bounds, 2));
  }

  /** The kernels of a state that is older than the choice between them are Matern-5/2 alone. */
  private static List<Kernel.Shape> shapes(Reader options) {
    if (!options.node().has("kernels")) {
      return List.of(Kernel.Shape.MATERN_5_2);
    }
    List<Kernel.Shape> shapes = new ArrayList<>();
    for (JsonNode name : options.list("kernels")) {
      shapes.add(Kernel.Shape.valueOf(name.asText()));
    }
    return shapes;
  }

  private static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }

  private static OnlineOptions readOptions(Reader options) {
    List<Double> periods = new ArrayList<>();
    for (double period : options.numbers("periods")) {
      periods.add(period);
    }
    return new OnlineOptions(
        options.whole("arms_per_batch"),
        options.whole("max_batches"),
        options.number("tolerance"),
        options.whole("patience"),
        options.whole("hopeless_batches"),
        new BayesianOptions(
            options.whole("initial_trials"),
            options.whole("draws"),
            options.whole("raw_candidates"),
            options.whole("starts"),
            options.whole("iterations"),
            BayesianOptions.Acquisition.valueOf(options.text("acquisition")),
            options.truth("batch_offsets"),
            new TimeCorrelation(
                periods, options.number("period_length_scale"), options.number("forgetting")),
            new FitOptions(
                options.whole("fit_starts"), options.whole("fit_iterations"), shapes(options))),
        options.longWhole("seed"));
  }

  /** Reads fields of the type that they must have. */
  private record Reader(JsonNode node) {
    private JsonNode field(String name, boolean right, String type) {
      if (!right) {
        throw new DataException(
            "'"
                + name
                + "' in the state of an online search must be "
                + type
                + ", but was "
                + (node.has(name) ? node.get(name) : "missing"));
      }
      return node.get(name);
    }

    String text(String name) {
      return field(name, node.path(name).isTextual(), "a string").textValue();
    }

    boolean truth(String name) {
      return field(name, node.path(name).isBoolean(), "true or false").booleanValue();
    }

    double number(String name) {
      return field(name, node.path(name).isNumber(), "a number").doubleValue();
    }

    int whole(String name) {
      return field(name, node.path(name).canConvertToInt(), "a whole number").intValue();
    }

    long longWhole(String name) {
      return field(name, node.path(name).isIntegralNumber(), "a whole number").longValue();
    }

    JsonNode list(String name) {
      return field(name, node.path(name).isArray(), "a list");
    }

    Reader child(String name) {
      return new Reader(field(name, node.path(name).isObject(), "an object"));
    }

    double[] numbers(String name) {
      JsonNode list = list(name);
      double[] numbers = new double[list.size()];
      for (int i = 0; i < numbers.length; i++) {
        if (!list.get(i).isNumber()) {
          throw new DataException(
              "'"
                  + name
                  + "' in the state of an online search must hold numbers, but held "
                  + list.get(i));
        }
        numbers[i] = list.get(i).doubleValue();
      }
      return numbers;
    }
  }
}
